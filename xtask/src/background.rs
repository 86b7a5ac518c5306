//! Programs that run in the background while this one does something else.
//!
//! Building the wasm that ships keeps one core busy for minutes; without this, the others would idle.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Child, Command};

use anyhow::{Context, bail};

use crate::command::{show, target_dir};

/// A program in the background. Dropping it ends it.
pub(crate) struct Background {
    child: Child,
    shown: String,
    /// What it prints, so that it does not get mixed up with what is printed meanwhile.
    log: PathBuf,
}

impl Background {
    /// Starts `command`, which prints into a file called `name`.
    pub(crate) fn start(name: &str, command: &mut Command) -> anyhow::Result<Self> {
        let logs = target_dir().join("xtask");
        fs::create_dir_all(&logs)?;
        let log = logs.join(format!("{name}.log"));
        let file = File::create(&log)?;
        let shown = show(command);
        let child = command.stdout(file.try_clone()?).stderr(file).spawn();
        let child = child.with_context(|| format!("could not start `{shown}`"))?;
        Ok(Self { child, shown, log })
    }

    /// Waits for its end and prints what it printed; a failure names it.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        let status = self.child.wait()?;
        io::stderr().write_all(&fs::read(&self.log)?)?;
        if !status.success() {
            bail!("`{}` failed ({status})", self.shown);
        }
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Where it has ended already, there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command() {
        let mut failing = Command::new("cargo");
        failing.arg("no-such-command");
        let failed = Background::start("test-failure", &mut failing).unwrap().finish();
        let message = failed.unwrap_err().to_string();
        assert!(message.starts_with("`cargo no-such-command` failed"), "{message}");
    }

    #[test]
    fn what_succeeds_is_no_failure() {
        let mut version = Command::new("cargo");
        version.arg("--version");
        Background::start("test-success", &mut version).unwrap().finish().unwrap();
    }
}
