//! The browser tests: Playwright, a real Chromium, and the programs as the other tests built them.
//!
//! The server is the debug build, which reads the site from `target/site`: what browsers download is
//! what ships, and no test waits for a second build of the server.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;

use super::npm::{npx, packages};
use super::real_model;
use crate::command::{cargo, execute, exists, say, target_dir};

/// Where Linux distributions and people put a Chromium.
const SYSTEM_BROWSERS: &[&str] = &[
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// Runs all browser tests; those with a real model where its packages can be had.
pub(crate) fn run() -> anyhow::Result<()> {
    let python = real_model::install();
    if let Err(reason) = &python {
        say(&format!("the tests with a real model are left out: {reason:#}"));
    }
    play(&[], python.ok().as_deref())
}

/// Runs the browser tests with a real model.
pub(crate) fn run_real_model() -> anyhow::Result<()> {
    let python = real_model::install().context("the real model cannot be installed")?;
    play(&["real-model"], Some(&python))
}

/// Installs what is missing and runs browser tests against `attune` and `loopback`: all, or the files
/// that `only` names.
fn play(only: &[&str], real_model: Option<&Path>) -> anyhow::Result<()> {
    packages()?;
    let browser = chromium()?;
    execute(&mut cargo(&["build", "--package", "server", "--package", "loopback", "--bins"]))?;
    let built = |name: &str| {
        target_dir().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    };
    let mut playwright = npx(&["playwright", "test"]);
    playwright.args(only);
    playwright.env("ATTUNE_BIN", built("attune")).env("LOOPBACK_BIN", built("loopback"));
    if let Some(path) = browser {
        playwright.env("ATTUNE_CHROMIUM", path);
    }
    if let Some(python) = real_model {
        playwright.env("REAL_MODEL_PYTHON", python);
    }
    execute(&mut playwright)
}

/// Installs a Chromium where there is none.
pub(super) fn install() -> anyhow::Result<()> {
    chromium().map(drop)
}

/// A system Chromium, or `None` for the one Playwright keeps; installed where both are missing.
pub(crate) fn chromium() -> anyhow::Result<Option<&'static str>> {
    if let Some(path) = system_browser() {
        return Ok(Some(path));
    }
    say("installing Chromium");
    if execute(&mut npx(&["playwright", "install", "chromium"])).is_ok() {
        return Ok(None);
    }
    if exists("apt-get") {
        let sudo: &[&str] = if exists("sudo") { &["sudo"] } else { &[] };
        for args in [
            ["apt-get", "update", "-q"].as_slice(),
            &["apt-get", "install", "-y", "-q", "chromium"],
        ] {
            let words: Vec<_> = sudo.iter().chain(args).collect();
            execute(Command::new(words[0]).args(&words[1..]).stdout(Stdio::null()))?;
        }
    }
    system_browser().map(Some).context(
        "no Chromium: install it from your system's packages, then run `cargo xtask test` again",
    )
}

fn system_browser() -> Option<&'static str> {
    SYSTEM_BROWSERS.iter().copied().find(|path| Path::new(path).exists())
}
