//! Embeds the site again whenever it was built again: file names carry content hashes, so the compiler
//! cannot notice a new file by itself. A debug build reads the files while it runs.

use std::path::Path;
use std::{env, fs};

/// Where the site is, seen from this crate.
const SITE: &str = "../target/site";

fn main() {
    // The server may be built before the site, and asks for the real path of the folder when it is: of
    // one that is missing it would never find a file.
    let site = env::var_os("CARGO_MANIFEST_DIR").map(|this| Path::new(&this).join(SITE));
    if let Some(Err(error)) = site.map(fs::create_dir_all) {
        println!("cargo:warning={SITE} cannot be created: {error}");
    }
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!("cargo:rerun-if-changed={}", if is_release { SITE } else { "build.rs" });
}
