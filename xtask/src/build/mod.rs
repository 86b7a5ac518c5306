//! Building the product: the site that browsers download, then the program that serves it.

mod css;
mod node;
mod optimise;
mod site;
mod split;
mod wasm;

use std::path::PathBuf;

pub(crate) use node::npm_install;
pub(crate) use wasm::{TARGET, install_target};

use crate::command::{cargo, execute, say, target_dir};

/// Builds the site and the release binary with the site inside; returns the binary's path.
pub(crate) fn release() -> anyhow::Result<PathBuf> {
    site()?;
    say("building the server (release)");
    execute(&mut cargo(&["build", "--release", "--package", "server", "--bin", "attune"]))?;
    Ok(target_dir().join("release").join(format!("attune{}", std::env::consts::EXE_SUFFIX)))
}

/// Builds everything a browser downloads into `target/site`.
pub(crate) fn site() -> anyhow::Result<()> {
    let wasm = wasm::build()?;
    let css = css::build()?;
    site::write(&wasm, &css)
}
