//! What comes from npm: wasm-opt for the build, Playwright for the browser tests.

use std::process::{Command, Stdio};

use crate::command::{execute, exists, root, say};

/// What is installed: the exact versions of all packages, below the root.
pub(super) const NPM_LOCK: &str = "end2end/package-lock.json";

/// wasm-opt from the npm package `binaryen`; `None` where node is missing or npm fails.
pub(crate) fn wasm_opt() -> Option<Command> {
    if !exists("node") || npm_install().is_err() {
        return None;
    }
    let mut command = Command::new("node");
    command.arg(root().join("end2end/node_modules/binaryen/bin/wasm-opt"));
    Some(command)
}

/// Installs the packages of `end2end/package-lock.json` unless they are there already.
pub(crate) fn npm_install() -> anyhow::Result<()> {
    let folder = root().join("end2end");
    let lock = std::fs::read(root().join(NPM_LOCK))?;
    let stamp = folder.join("node_modules/.attune-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say("installing npm packages");
    execute(
        Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .current_dir(&folder)
            .stdout(Stdio::null()),
    )?;
    std::fs::write(stamp, lock)?;
    Ok(())
}
