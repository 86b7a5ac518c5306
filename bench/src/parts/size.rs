//! What a browser downloads before a page is live.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

use crate::budget::{WIRE_SIZE_OTHERS, WIRE_SIZE_PROMPTS, WIRE_SIZE_WORKBENCH};
use crate::report::{Measured, shown};
use crate::setup::Setup;

/// The names of the site's files.
#[derive(Deserialize)]
struct Manifest {
    wasm: String,
    js: String,
    css: String,
    /// The further parts of the wasm that a page needs, in one file, by the page's name.
    packs: BTreeMap<String, String>,
}

/// Adds up the compressed files that the manifest of the site names.
pub(super) fn measure(setup: &Setup) -> anyhow::Result<Vec<Measured>> {
    let site = setup.root.join("target/site");
    let manifest = std::fs::read(site.join("manifest.json"))
        .context("target/site is not built; run cargo xtask bench")?;
    let Manifest { wasm, js, css, packs } =
        serde_json::from_slice(&manifest).context("the manifest of the site is broken")?;
    let [wasm, js, css] = [kib(&site, &wasm)?, kib(&site, &js)?, kib(&site, &css)?];
    let note = |pack| {
        let [wasm, js, css, pack] = [wasm, js, css, pack].map(shown);
        format!("main wasm {wasm} + js {js} + css {css} + further parts {pack}")
    };
    let mut measured = Vec::new();
    let mut others = Vec::new();
    for (page, pack) in &packs {
        let pack = kib(&site, pack)?;
        let total = wasm + js + css + pack;
        match page.as_str() {
            "prompts" => measured.push(Measured::new(WIRE_SIZE_PROMPTS, total).noting(note(pack))),
            "workbench" => {
                measured.push(Measured::new(WIRE_SIZE_WORKBENCH, total).noting(note(pack)));
            }
            other => others.push((total, other)),
        }
    }
    let (largest, name) = others
        .into_iter()
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .context("the manifest of the site names no other page")?;
    measured.push(Measured::new(WIRE_SIZE_OTHERS, largest).noting(name.to_owned()));
    Ok(measured)
}

/// The size of a file as it is sent, in KiB.
fn kib(site: &Path, name: &str) -> anyhow::Result<f64> {
    let sent = site.join(format!("{name}.br"));
    let bytes = std::fs::metadata(&sent).with_context(|| sent.display().to_string())?.len();
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52 bytes")]
    let bytes = bytes as f64;
    Ok(bytes / 1024.0)
}
