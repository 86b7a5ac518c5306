//! `cargo xtask test`: everything that must hold before a change lands.

pub(crate) mod browser;
mod npm;

use anyhow::Context;

use crate::budget::Sizes;
use crate::build::{self, Purpose};
use crate::command::{cargo, execute, say};
use crate::tidy;

/// A step: its name, what it says, what it does.
struct Step(&'static str, &'static str, fn() -> anyhow::Result<()>);

const STEPS: &[Step] = &[
    Step("format", "checking formatting", || execute(&mut cargo(&["fmt", "--all", "--check"]))),
    Step("tidy", "checking edges and sizes", tidy::run),
    Step("typescript", "checking the browser tests' types, lints and formatting", npm::check),
    Step("clippy", "checking lints", clippy),
    Step("site", "building what browsers download", || build::site(Purpose::Shipping)),
    Step("size", "checking the size of the download", || Sizes::read()?.check()),
    Step("unit", "running unit and integration tests", tests),
    Step("doc", "building the documentation", docs),
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
    let deny = ["--", "-D", "warnings"];
    execute(cargo(&["clippy", "--all-targets"]).args(deny))?;
    execute(cargo(&["clippy", "--package", "xtask", "--all-targets"]).args(deny))?;
    build::install_target()?;
    // Linted with what the browser gets: `frontend` turns on another half of `app`.
    // In the profile of the site, whose macros are then built once.
    let wasm = ["clippy", "--package", "frontend", "--target", build::TARGET];
    execute(cargo(&wasm).args(["--profile", build::SHIPPED_PROFILE]).args(deny))
}

fn tests() -> anyhow::Result<()> {
    execute(&mut cargo(&["test"]))?;
    execute(&mut cargo(&["test", "--package", "xtask"]))
}

fn docs() -> anyhow::Result<()> {
    for more in [&[][..], &["--package", "xtask"]] {
        execute(cargo(&["doc", "--no-deps"]).args(more).env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    Ok(())
}
