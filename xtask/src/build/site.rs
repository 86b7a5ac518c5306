//! The folder of files that browsers download, hashed and compressed.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use brotli::enc::BrotliEncoderParams;

use super::wasm::Wasm;
use crate::budget::{DOWNLOAD_BYTES, Sizes};
use crate::command::{root, say};

/// Writes `target/site`: `pkg/` with content hashes in its names, `public/` beside it, a brotli
/// twin for whatever compresses, and `manifest.json` naming the hashed files; and what that weighs in `sizes.json`.
pub(crate) fn write(wasm: &Wasm, css: &[u8]) -> anyhow::Result<()> {
    say("compressing the site");
    let site = root().join("target/site");
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    fs::create_dir_all(site.join("pkg"))?;
    let add = |extension: &str, content: &[u8]| -> anyhow::Result<(String, u64)> {
        let name = format!("pkg/attune.{:016x}.{extension}", hash(content));
        let size = write_file(&site.join(&name), content)?;
        Ok((name, size))
    };
    let (wasm_name, wasm_size) = add("wasm", &wasm.module)?;
    let (js_name, js_size) = add("js", &wasm.js)?;
    let (css_name, css_size) = add("css", css)?;
    let manifest = serde_json::json!({ "wasm": wasm_name, "js": js_name, "css": css_name });
    copy_public(&root().join("public"), &site)?;
    fs::write(site.join("manifest.json"), manifest.to_string())?;
    let sizes = Sizes { wasm: wasm_size, js: js_size, css: css_size, optimised: wasm.optimised };
    sizes.write()?;
    let (total, budget) = (sizes.total().div_ceil(1024), DOWNLOAD_BYTES / 1024);
    say(&format!("wasm + JS + CSS: {total} of {budget} KiB over the wire"));
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
fn write_file(path: &Path, content: &[u8]) -> anyhow::Result<u64> {
    fs::write(path, content)?;
    // Told how much there is, it takes the literals of the whole file into account.
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::CompressorWriter::with_params(&mut compressed, 1 << 16, &params).write_all(content)?;
    if compressed.len() >= content.len() {
        return Ok(content.len() as u64);
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    fs::write(name, &compressed)?;
    Ok(compressed.len() as u64)
}

fn hash(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}
