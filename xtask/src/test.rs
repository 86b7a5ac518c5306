//! `cargo xtask test`: everything that must hold before a change lands.

pub(crate) mod browser;
mod npm;

use anyhow::Context;

use crate::budget::Sizes;
use crate::build;
use crate::command::{cargo, execute, say};
use crate::tidy;

/// A step: its name, what it says, what it does.
struct Step(&'static str, &'static str, fn() -> anyhow::Result<()>);

const STEPS: &[Step] = &[
    Step("format", "checking formatting", || execute(&mut cargo(&["fmt", "--all", "--check"]))),
    Step("tidy", "checking rooms and sizes", tidy::run),
    Step(
        "typescript",
        "checking the browser tests' types, lints and formatting",
        npm::check_typescript,
    ),
    Step("clippy", "checking lints", clippy),
    Step("unit", "running unit and integration tests", tests),
    Step("doc", "building the documentation", docs),
    Step("build", "building the studio", || build::release().map(drop)),
    Step("size", "checking the size of the download", || Sizes::read()?.check()),
    Step("browser", "running the browser tests", browser::run),
];

/// Runs the steps in order, or those whose name contains `only`.
pub(crate) fn run(only: Option<&str>) -> anyhow::Result<()> {
    for Step(name, what, step) in STEPS {
        if only.is_none_or(|only| name.contains(only)) {
            say(what);
            step().with_context(|| format!("step `{name}` failed"))?;
        }
    }
    say("all good");
    Ok(())
}

fn clippy() -> anyhow::Result<()> {
    execute(&mut cargo(&["clippy", "--all-targets", "--", "-D", "warnings"]))?;
    build::install_target()?;
    // Linted with what the browser gets: `frontend` turns on another half of `app`.
    let wasm = ["clippy", "--package", "frontend", "--target", build::TARGET];
    execute(cargo(&wasm).args(["--", "-D", "warnings"]))
}

fn tests() -> anyhow::Result<()> {
    execute(&mut cargo(&["test"]))
}

fn docs() -> anyhow::Result<()> {
    execute(cargo(&["doc", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}
