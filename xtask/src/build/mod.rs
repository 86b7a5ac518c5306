//! Building the product: the site that browsers download, then the program that serves it.

mod css;
mod node;
mod optimise;
mod pack;
mod site;
mod split;
mod unreached;
mod wasm;

use std::path::PathBuf;

pub(crate) use node::npm_install;
pub(crate) use wasm::{SHIPPED_PROFILE, TARGET, install_target};

use crate::background::Background;
use crate::command::{cargo, execute, say, target_dir};

/// What a build is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Other machines and other people: small downloads and a fast server, whatever the build takes.
    Shipping,
    /// This machine, soon: a debug build of the server, and wasm that is neither small nor compressed.
    Local,
}

/// Builds the site and the release binary with the site inside; returns the binary's path.
pub(crate) fn release() -> anyhow::Result<PathBuf> {
    site(Purpose::Shipping)?;
    say("building the server (release)");
    execute(&mut cargo(&["build", "--release", "--package", "server", "--bin", "attune"]))?;
    Ok(target_dir().join("release").join(format!("attune{}", std::env::consts::EXE_SUFFIX)))
}

/// Builds the site and the server for this machine; returns the binary's path. The server is the one
/// that the tests use, so that whoever serves and tests builds it once.
pub(crate) fn local() -> anyhow::Result<PathBuf> {
    say("building the server, in the background");
    let mut server = cargo(&["build", "--package", "server", "--bin", "attune", "--quiet"]);
    let server = Background::start("server", &mut server)?;
    site(Purpose::Local)?;
    say("waiting for the server");
    server.finish()?;
    Ok(target_dir().join("debug").join(format!("attune{}", std::env::consts::EXE_SUFFIX)))
}

/// Builds everything a browser downloads into `target/site`.
pub(crate) fn site(purpose: Purpose) -> anyhow::Result<()> {
    let wasm = wasm::build(purpose)?;
    let css = css::build()?;
    site::write(&wasm, &css, purpose)
}
