//! `cargo xtask bench`: the release build against its budgets.
//!
//! The measuring itself is the crate `bench`, so that this tool stays quick to build.

use std::process::Stdio;

use anyhow::bail;

use crate::build::{self, npm_install};
use crate::command::{cargo, execute, exists, root, say, target_dir};
use crate::test::browser::chromium;

/// Builds everything in release, then measures. `args` go to the bench: `--only NAME`, `--json`.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let attune = build::release()?;
    say("building the bench and the model server (release)");
    execute(&mut cargo(&["build", "--release", "--package", "loopback", "--package", "bench"]))?;
    let built = |name: &str| {
        target_dir().join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    };
    let mut bench = std::process::Command::new(built("bench"));
    bench.args(args).stdin(Stdio::null());
    bench.env("ATTUNE_BIN", attune).env("LOOPBACK_BIN", built("loopback"));
    bench.env("ATTUNE_ROOT", root());
    if exists("node") {
        npm_install()?;
        if let Some(path) = chromium()? {
            bench.env("ATTUNE_CHROMIUM", path);
        }
    }
    say("measuring");
    // The table has said what is wrong; a second message would only repeat it.
    match bench.status()?.code() {
        Some(0) => Ok(()),
        Some(_) => bail!("the bench missed a budget"),
        None => bail!("the bench was ended"),
    }
}
