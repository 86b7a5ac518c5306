//! Embeds the site again whenever it was built again: file names carry content hashes, so the compiler
//! cannot notice a new file by itself. A debug build reads the files while it runs.

fn main() {
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!("cargo:rerun-if-changed={}", if is_release { "../target/site" } else { "build.rs" });
}
