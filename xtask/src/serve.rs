//! `cargo xtask serve`: build everything in little time, then become the server.

use std::io::IsTerminal;
use std::process::Command;

use crate::build;
use crate::command::say;

/// Builds and serves until the server ends. The environment and `args` go to `attune`; at a
/// terminal the studio opens in the browser.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let mut server = Command::new(build::local()?);
    server.args(args);
    if std::io::stdout().is_terminal() {
        server.arg("--open");
    }
    say("starting attune");
    become_server(server)
}

/// Replaces this process, so that signals reach the server itself.
#[cfg(unix)]
fn become_server(mut server: Command) -> anyhow::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(server.exec().into())
}

#[cfg(not(unix))]
fn become_server(mut server: Command) -> anyhow::Result<()> {
    crate::command::execute(&mut server)
}
