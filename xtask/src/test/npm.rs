//! The tools that come from npm, at the versions of `end2end/package-lock.json`.

use std::process::Command;

use anyhow::bail;

use crate::build::npm_install;
use crate::command::{execute, exists, root};

/// Installs what is missing; an error where node itself is.
pub(crate) fn packages() -> anyhow::Result<()> {
    if !exists("node") {
        bail!("the browser tests need node 20 or newer: install it from your system's packages");
    }
    npm_install()
}

/// Types, lints and formatting of the browser tests.
pub(crate) fn check() -> anyhow::Result<()> {
    packages()?;
    execute(&mut npx(&["tsc"]))?;
    execute(&mut npx(&["biome", "ci"]))
}

/// A tool of `end2end/node_modules`, in that folder.
pub(crate) fn npx(args: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npx.cmd" } else { "npx" });
    command.arg("--no-install").args(args).current_dir(root().join("end2end"));
    command
}
