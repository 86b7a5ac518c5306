//! The wasm front end: cargo, the split by page, wasm-bindgen as a library, then wasm-opt.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use wasm_bindgen_cli_support::Bindgen;

use super::split::ByPage;
use super::{Purpose, optimise, pack, split, unreached};
use crate::command::{cargo, execute, root, say, target_dir};

/// What the browser runs.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The front end.
pub(crate) struct Wasm {
    /// The main module, which every page loads.
    pub(crate) main: Vec<u8>,
    /// Its JavaScript, which also loads the parts.
    pub(crate) js: String,
    /// The parts, by their names in `js`.
    pub(crate) parts: BTreeMap<String, Vec<u8>>,
    /// All parts that a page needs to become live in one file, by the page's name in `js`.
    pub(crate) packs: BTreeMap<String, Vec<u8>>,
    /// The names of the parts that it loads then.
    pub(crate) later: ByPage,
    /// Whether wasm-opt was there to shrink the wasm.
    pub(crate) optimised: bool,
}

/// The profile of the wasm that ships.
pub(crate) const SHIPPED_PROFILE: &str = "wasm-release";

/// The profile of the wasm for this machine.
const LOCAL_PROFILE: &str = "wasm-local";

/// Builds `frontend` for the browser.
pub(crate) fn build(purpose: Purpose) -> anyhow::Result<Wasm> {
    install_target()?;
    say("building the front end (wasm)");
    let linked = link(match purpose {
        Purpose::Shipping => SHIPPED_PROFILE,
        Purpose::Local => LOCAL_PROFILE,
    })?;

    say("splitting it by page, and binding it to JavaScript");
    let out = target_dir().join("bindgen");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    let split = split::split(&linked, &out.join("split"))?;
    let js = bind(&split.main, &out)?;
    let mut modules = split.parts;
    modules.insert(split::MAIN.to_owned(), read(&out.join("attune_bg.wasm"))?);

    let optimised = purpose == Purpose::Shipping && {
        unreached::empty(&mut modules)?;
        optimise::all(&mut modules)?
    };
    let main = modules.remove(split::MAIN).context("the main module is gone")?;
    let loader = pack::load_packed(&split.loader, &split.pages, &modules)?;
    Ok(Wasm {
        main,
        js: split::join(&js, &loader)?,
        packs: pack::join(&split.pages, &modules),
        parts: modules,
        later: split.later,
        optimised,
    })
}

/// Compiles and links `frontend`, and keeps in the file what the split needs to know: which places
/// refer to what. Only the crate that is linked sees the flag, so nothing else is built anew for it.
fn link(profile: &str) -> anyhow::Result<PathBuf> {
    execute(
        cargo(&["rustc", "--package", "frontend", "--lib", "--crate-type", "cdylib"])
            .args(["--target", TARGET, "--profile", profile])
            .args(["--", "-Clink-args=--emit-relocs"]),
    )?;
    Ok(target_dir().join(TARGET).join(profile).join("frontend.wasm"))
}

/// Lets wasm-bindgen write `attune_bg.wasm` into `out`; gives its JavaScript.
fn bind(module: &Path, out: &Path) -> anyhow::Result<String> {
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(false)
        .remove_producers_section(true)
        // The parts find what they share by the linker's names.
        .keep_lld_exports(true)
        .demangle(false)
        .out_name("attune")
        .generate(out)
        .context("wasm-bindgen could not read the front end")?;
    Ok(fs::read_to_string(out.join("attune.js"))?)
}

/// Adds the wasm target to the toolchain where it is missing.
pub(crate) fn install_target() -> anyhow::Result<()> {
    let sysroot = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(root())
        .output()
        .context("could not start rustc")?;
    let sysroot = String::from_utf8_lossy(&sysroot.stdout).trim().to_owned();
    if Path::new(&sysroot).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    say("installing the wasm target");
    execute(Command::new("rustup").args(["target", "add", TARGET]).current_dir(root()))
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}
