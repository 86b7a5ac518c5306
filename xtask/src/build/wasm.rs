//! The wasm front end: cargo, then wasm-bindgen as a library, then wasm-opt.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;
use wasm_bindgen_cli_support::Bindgen;

use super::node::wasm_opt;
use super::trim::trim;
use crate::command::{cargo, execute, say, target_dir};

/// What the browser runs.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The two files that make the front end.
pub(crate) struct Wasm {
    pub(crate) module: Vec<u8>,
    pub(crate) js: Vec<u8>,
    /// Whether wasm-opt was there to shrink the wasm.
    pub(crate) optimised: bool,
}

/// Builds `frontend` for the browser, in the size profile.
pub(crate) fn build() -> anyhow::Result<Wasm> {
    install_target()?;
    say("building the front end (wasm, release)");
    let profile = "wasm-release";
    execute(&mut cargo(&[
        "build",
        "--package",
        "frontend",
        "--lib",
        "--target",
        TARGET,
        "--profile",
        profile,
    ]))?;
    let built = target_dir().join(TARGET).join(profile).join("frontend.wasm");

    say("binding it to JavaScript");
    let out = target_dir().join("bindgen");
    Bindgen::new()
        .input_path(&built)
        .web(true)?
        .typescript(false)
        .remove_producers_section(true)
        .out_name("attune")
        .generate(&out)
        .context("wasm-bindgen could not read the front end")?;
    let bound = out.join("attune_bg.wasm");
    let glue = out.join("attune.js");
    let (wasm, js) = trim(&std::fs::read(&bound)?, &std::fs::read_to_string(&glue)?)?;
    std::fs::write(&bound, wasm)?;
    std::fs::write(&glue, js)?;
    let optimised = optimise(&bound)?;

    let read = |name: &str| {
        let path = out.join(name);
        std::fs::read(&path).with_context(|| format!("could not read {}", path.display()))
    };
    Ok(Wasm { module: read("attune_bg.wasm")?, js: read("attune.js")?, optimised })
}

/// Adds the wasm target to the toolchain where it is missing.
pub(crate) fn install_target() -> anyhow::Result<()> {
    let sysroot = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(crate::command::root())
        .output()
        .context("could not start rustc")?;
    let sysroot = String::from_utf8_lossy(&sysroot.stdout).trim().to_owned();
    if Path::new(&sysroot).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    say("installing the wasm target");
    execute(
        Command::new("rustup").args(["target", "add", TARGET]).current_dir(crate::command::root()),
    )
}

/// Shrinks the file where wasm-opt can be had, and says so where it cannot.
fn optimise(wasm: &Path) -> anyhow::Result<bool> {
    let Some(mut wasm_opt) = wasm_opt() else {
        say("node is not installed: the wasm stays a quarter larger (install node to shrink it)");
        return Ok(false);
    };
    say("optimising the wasm");
    let features = [
        "--enable-bulk-memory",
        "--enable-sign-ext",
        "--enable-nontrapping-float-to-int",
        "--enable-mutable-globals",
        "--enable-reference-types",
        "--enable-multivalue",
    ];
    // What shortens the file may lengthen the download. Brotli knows a call that it saw before, but not
    // the same code woven into different surroundings; and it knows locals that are set and got in the
    // same way everywhere. The stack fills the low memory, so no address is as low as an offset.
    let inline_nothing = [
        "--always-inline-max-function-size=0",
        "--flexible-inline-max-function-size=0",
        "--one-caller-inline-max-function-size=0",
    ];
    execute(
        wasm_opt
            .args(["-O3", "-s", "1", "--converge"])
            .args(["--skip-pass=simplify-locals", "--low-memory-unused"])
            .args(inline_nothing)
            .args(features)
            .arg(wasm)
            .arg("-o")
            .arg(wasm)
            .stdout(Stdio::null()),
    )?;
    Ok(true)
}
