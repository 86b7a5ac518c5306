//! What the build may weigh, for the tests and the bench alike.

use std::fs;

use anyhow::{Context, bail};

use crate::command::{root, say};

/// Bytes of wasm, JavaScript and CSS that a browser downloads before a workbench is live, each
/// compressed with brotli.
pub(crate) const DOWNLOAD_BYTES: u64 = 450 * 1024;

/// Where the build writes what it measured, below the root.
pub(crate) const SIZES: &str = "target/site/sizes.json";

/// What a browser downloads, in bytes over the wire.
pub(crate) struct Sizes {
    /// The wasm module.
    pub(crate) wasm: u64,
    /// Its JavaScript.
    pub(crate) js: u64,
    /// The style sheet.
    pub(crate) css: u64,
    /// Whether wasm-opt was there to shrink the wasm.
    pub(crate) optimised: bool,
}

impl Sizes {
    /// All of it.
    pub(crate) fn total(&self) -> u64 {
        self.wasm + self.js + self.css
    }

    /// Writes them beside the site, for who measures it.
    pub(crate) fn write(&self) -> anyhow::Result<()> {
        let Self { wasm, js, css, optimised } = self;
        let json = serde_json::json!({
            "wasm": wasm, "js": js, "css": css, "optimised": optimised, "budget": DOWNLOAD_BYTES,
        });
        fs::write(root().join(SIZES), json.to_string()).context("could not write the sizes")
    }

    /// The sizes of the site that was built last.
    pub(crate) fn read() -> anyhow::Result<Self> {
        let text = fs::read(root().join(SIZES))
            .context("the site is not built yet: run `cargo xtask build` first")?;
        let json: serde_json::Value = serde_json::from_slice(&text)?;
        let bytes = |name: &str| {
            json[name].as_u64().with_context(|| format!("{SIZES} does not tell `{name}`"))
        };
        let optimised = json["optimised"].as_bool().unwrap_or_default();
        Ok(Self { wasm: bytes("wasm")?, js: bytes("js")?, css: bytes("css")?, optimised })
    }

    /// Fails where the download is larger than the budget. Without wasm-opt there is no verdict.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let Self { wasm, js, css, optimised } = self;
        let total = self.total();
        if !optimised {
            say("the download is not checked: without node, wasm-opt could not shrink the wasm");
        } else if total > DOWNLOAD_BYTES {
            bail!(
                "the download is {} bytes over its budget of {} KiB: wasm {wasm}, JS {js}, CSS {css} \
                 (bytes, brotli); docs/decisions/0020 says where the bytes come from",
                total - DOWNLOAD_BYTES,
                DOWNLOAD_BYTES / 1024,
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(wasm: u64, optimised: bool) -> Sizes {
        Sizes { wasm, js: 9_000, css: 5_000, optimised }
    }

    #[test]
    fn a_download_over_the_budget_fails_and_says_by_how_much() {
        assert!(sizes(DOWNLOAD_BYTES - 14_000, true).check().is_ok());
        let error = sizes(DOWNLOAD_BYTES - 13_999, true).check().expect_err("one byte over");
        let sentence = "the download is 1 bytes over its budget of 450 KiB";
        assert!(error.to_string().starts_with(sentence));
    }

    #[test]
    fn without_wasm_opt_there_is_no_verdict() {
        assert!(sizes(2 * DOWNLOAD_BYTES, false).check().is_ok());
    }
}
