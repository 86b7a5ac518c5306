//! Embeds the site again whenever it was built again (file names carry content hashes, so the
//! compiler cannot notice a new file by itself).

fn main() {
    println!("cargo:rerun-if-changed=../target/site");
}
