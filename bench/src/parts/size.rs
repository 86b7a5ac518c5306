//! What a browser downloads for the workbench.

use std::path::Path;

use anyhow::Context;
use serde_json::Value;

use crate::budget::WIRE_SIZE;
use crate::report::{Measured, shown};
use crate::setup::Setup;

/// Adds up the compressed files that the manifest of the site names.
pub(super) fn measure(setup: &Setup) -> anyhow::Result<Vec<Measured>> {
    let site = setup.root.join("target/site");
    let manifest = std::fs::read(site.join("manifest.json"))
        .context("target/site is not built; run cargo xtask bench")?;
    let manifest: Value = serde_json::from_slice(&manifest)?;
    let mut sizes = Vec::new();
    for kind in ["wasm", "js", "css"] {
        let name = manifest[kind].as_str().context("the manifest of the site is broken")?;
        sizes.push((kind, kib(&site, name)?));
    }
    let total = sizes.iter().map(|(_, size)| size).sum();
    let parts: Vec<_> =
        sizes.iter().map(|(kind, size)| format!("{kind} {}", shown(*size))).collect();
    Ok(vec![Measured::new(WIRE_SIZE, total).noting(parts.join(" + "))])
}

/// The size of a file as it is sent, in KiB.
fn kib(site: &Path, name: &str) -> anyhow::Result<f64> {
    let sent = site.join(format!("{name}.br"));
    let bytes = std::fs::metadata(&sent).with_context(|| sent.display().to_string())?.len();
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52 bytes")]
    let bytes = bytes as f64;
    Ok(bytes / 1024.0)
}
