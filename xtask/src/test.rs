//! `cargo xtask test`: everything that must hold before a change lands.

pub(crate) mod browser;
mod npm;
mod real_model;

use std::process::Command;

use anyhow::Context;

use crate::background::Background;
use crate::budget::Sizes;
use crate::build::{self, Purpose};
use crate::command::{cargo, execute, say};
use crate::tidy;

/// A step.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn() -> anyhow::Result<()>,
    place: Place,
}

/// Where a step runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In its turn, when all steps before it have ended.
    Turn,
    /// From its turn on in the background, beside the steps after it.
    Background,
    /// In its turn, when those in the background have ended, too.
    AfterBackground,
}

const fn step(
    name: &'static str,
    what: &'static str,
    run: fn() -> anyhow::Result<()>,
    place: Place,
) -> Step {
    Step { name, what, run, place }
}

const STEPS: &[Step] = &[
    step("format", "checking formatting", format, Place::Turn),
    step("tidy", "checking edges and sizes", tidy::run, Place::Turn),
    step("npm", "installing the tools of the browser tests", npm::packages, Place::Turn),
    step("chromium", "installing Chromium", browser::install, Place::Background),
    step("real-model", "installing a real model", real_model::offer, Place::Background),
    step("site", "building what browsers download", site, Place::Background),
    step("typescript", "checking the browser tests' code", npm::check, Place::Turn),
    step("clippy", "checking lints", clippy, Place::Turn),
    step("compile", "building the tests", compile, Place::Turn),
    step("doc", "building the documentation", docs, Place::Turn),
    // After those that the site does not hold up: both need the folder of its profile.
    step("clippy-wasm", "checking lints of what the browser gets", clippy_wasm, Place::Turn),
    step("size", "checking the size of the download", size, Place::AfterBackground),
    step("unit", "running unit and integration tests", tests, Place::Turn),
    step("browser", "running the browser tests", browser::run, Place::Turn),
];

/// Runs the steps in order, or the one called `only`.
pub(crate) fn run(only: Option<&str>) -> anyhow::Result<()> {
    match only {
        None => run_all()?,
        Some(name) => {
            let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            let step = STEPS.iter().find(|step| step.name == name).with_context(|| {
                format!("no step is called “{name}”; there are {}", names.join(", "))
            })?;
            step.run_here()?;
        }
    }
    say("all good");
    Ok(())
}

/// Runs the browser tests with a real model; an error where it cannot be installed.
pub(crate) fn run_real_model() -> anyhow::Result<()> {
    const STEPS: [Step; 2] = [
        step("site", "building what browsers download", site, Place::Turn),
        step(
            "browser",
            "running the tests with a real model",
            browser::run_real_model,
            Place::Turn,
        ),
    ];
    STEPS.iter().try_for_each(Step::run_here)?;
    say("all good");
    Ok(())
}

fn run_all() -> anyhow::Result<()> {
    let mut background = Vec::new();
    for step in STEPS {
        if step.place == Place::Background {
            background.push((step, step.start()?));
            continue;
        }
        if step.place == Place::AfterBackground {
            for (step, started) in background.drain(..) {
                say(&format!("waiting: {}", step.what));
                step.named(Background::finish(started))?;
            }
        }
        step.run_here()?;
    }
    Ok(())
}

impl Step {
    fn run_here(&self) -> anyhow::Result<()> {
        say(self.what);
        self.named((self.run)())
    }

    /// Starts it in a process of its own.
    fn start(&self) -> anyhow::Result<Background> {
        say(&format!("{}, in the background", self.what));
        let mut this = Command::new(std::env::current_exe()?);
        Background::start(self.name, this.args(["test", "--only", self.name]))
    }

    fn named<T>(&self, result: anyhow::Result<T>) -> anyhow::Result<T> {
        result.with_context(|| format!("step `{}` failed", self.name))
    }
}

fn format() -> anyhow::Result<()> {
    execute(&mut cargo(&["fmt", "--all", "--check"]))
}

fn site() -> anyhow::Result<()> {
    build::site(Purpose::Shipping)
}

fn size() -> anyhow::Result<()> {
    Sizes::read()?.check()
}

fn clippy() -> anyhow::Result<()> {
    let deny = ["--", "-D", "warnings"];
    execute(cargo(&["clippy", "--all-targets"]).args(deny))?;
    execute(cargo(&["clippy", "--package", "xtask", "--all-targets"]).args(deny))
}

/// Lints what the browser gets: `frontend` turns on another half of `app`. In the profile of the site,
/// whose macros are then built once.
fn clippy_wasm() -> anyhow::Result<()> {
    build::install_target()?;
    let deny = ["--", "-D", "warnings"];
    let wasm = ["clippy", "--package", "frontend", "--target", build::TARGET];
    execute(cargo(&wasm).args(["--profile", build::SHIPPED_PROFILE]).args(deny))
}

fn compile() -> anyhow::Result<()> {
    execute(&mut cargo(&["test", "--no-run"]))?;
    execute(&mut cargo(&["test", "--no-run", "--package", "xtask"]))
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
