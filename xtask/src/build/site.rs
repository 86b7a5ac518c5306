//! The folder of files that browsers download, hashed and compressed.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::wasm::Wasm;
use crate::command::{root, say};

/// Writes `target/site`: `pkg/` with content hashes in its names, `public/` beside it, a brotli
/// twin for whatever compresses, and `manifest.json` naming the hashed files.
pub(crate) fn write(wasm: &Wasm, css: &[u8]) -> anyhow::Result<()> {
    say("compressing the site");
    let site = root().join("target/site");
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    fs::create_dir_all(site.join("pkg"))?;
    let mut total = 0;
    let mut add = |stem: &str, extension: &str, content: &[u8]| -> anyhow::Result<String> {
        let name = format!("pkg/{stem}.{:016x}.{extension}", hash(content));
        total += write_file(&site.join(&name), content)?;
        Ok(name)
    };
    let manifest = serde_json::json!({
        "wasm": add("attune", "wasm", &wasm.wasm)?,
        "js": add("attune", "js", &wasm.js)?,
        "css": add("attune", "css", css)?,
    });
    copy_public(&root().join("public"), &site)?;
    fs::write(site.join("manifest.json"), manifest.to_string())?;
    say(&format!("wasm + JS + CSS: {} KiB over the wire", total.div_ceil(1024)));
    Ok(())
}

fn copy_public(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(from).context("the folder public/ is missing")? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_name().context("a file has a name")?;
            write_file(&to.join(name), &fs::read(&path)?)?;
        }
    }
    Ok(())
}

/// Writes a file and, where that is smaller, its brotli twin; returns the size over the wire.
fn write_file(path: &Path, content: &[u8]) -> anyhow::Result<usize> {
    fs::write(path, content)?;
    let mut compressed = Vec::new();
    brotli::CompressorWriter::new(&mut compressed, 1 << 16, 11, 24).write_all(content)?;
    if compressed.len() >= content.len() {
        return Ok(content.len());
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    fs::write(name, &compressed)?;
    Ok(compressed.len())
}

fn hash(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}
