//! What the build may weigh, for the tests and the bench alike.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::command::{root, say};

/// KiB of wasm, JavaScript and CSS that a browser downloads before a page is live, each file
/// compressed with brotli.
const LIMITS: &[(&str, u64)] = &[("prompts", 260), ("workbench", 560)];

/// The same for every other page.
const OTHER_LIMIT: u64 = 360;

/// Where the build writes what it measured, below the root.
const SIZES: &str = "target/site/sizes.json";

/// What a browser downloads, in bytes over the wire.
pub(crate) struct Sizes {
    /// The main module, which every page loads.
    pub(crate) wasm: u64,
    /// Its JavaScript.
    pub(crate) js: u64,
    /// The style sheet.
    pub(crate) css: u64,
    /// The further parts that a page needs to become live, in one file, by its name.
    pub(crate) packs: BTreeMap<String, u64>,
    /// What a page loads once it is live, by its name. It has no limit: nobody waits for it.
    pub(crate) later: BTreeMap<String, u64>,
    /// Whether wasm-opt was there to shrink the wasm.
    pub(crate) optimised: bool,
}

/// What a page weighs and may weigh, in bytes.
struct Page<'a> {
    name: &'a str,
    size: u64,
    limit: u64,
}

impl Sizes {
    /// How they are written beside the site, for who measures it.
    pub(crate) fn to_json(&self) -> Value {
        let Self { wasm, js, css, packs, later, optimised } = self;
        let pages: BTreeMap<_, _> = self
            .pages()
            .map(|page| (page.name, json!({ "size": page.size, "limit": page.limit })))
            .collect();
        json!({
            "wasm": wasm, "js": js, "css": css, "packs": packs, "later": later,
            "optimised": optimised, "pages": pages,
        })
    }

    /// Tells the person at the terminal.
    pub(crate) fn say(&self) {
        for Page { name, size, limit } in self.pages() {
            let later = self.later.get(name).map_or_else(String::new, |later| {
                format!(", and {} KiB once it is live", later.div_ceil(1024))
            });
            let size = size.div_ceil(1024);
            say(&format!("{name}: {size} of {} KiB over the wire{later}", limit / 1024));
        }
    }

    /// The sizes of the site that was built last.
    pub(crate) fn read() -> anyhow::Result<Self> {
        let text = fs::read(root().join(SIZES))
            .context("the site is not built yet: run `cargo xtask build` first")?;
        let json: Value = serde_json::from_slice(&text)?;
        let bytes = |name: &str| {
            json[name].as_u64().with_context(|| format!("{SIZES} does not tell `{name}`"))
        };
        let by_page = |name: &str| {
            serde_json::from_value(json[name].clone())
                .with_context(|| format!("{SIZES} does not tell `{name}`"))
        };
        Ok(Self {
            wasm: bytes("wasm")?,
            js: bytes("js")?,
            css: bytes("css")?,
            packs: by_page("packs")?,
            later: by_page("later")?,
            optimised: json["optimised"].as_bool().unwrap_or_default(),
        })
    }

    /// Fails where a page is larger than its limit. Without wasm-opt there is no verdict.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        if !self.optimised {
            say("the download is not checked: without node, wasm-opt could not shrink the wasm");
            return Ok(());
        }
        let over: Vec<_> = self
            .pages()
            .filter(|page| page.size > page.limit)
            .map(|Page { name, size, limit }| {
                format!("{name} is {} bytes over its limit of {} KiB", size - limit, limit / 1024)
            })
            .collect();
        if over.is_empty() {
            return Ok(());
        }
        let Self { wasm, js, css, packs, .. } = self;
        bail!(
            "{} (bytes, brotli: main wasm {wasm}, JS {js}, CSS {css}, further parts {packs:?})",
            over.join("; "),
        )
    }

    fn pages(&self) -> impl Iterator<Item = Page<'_>> {
        self.packs.iter().map(|(name, pack)| {
            let limit = LIMITS.iter().find(|(page, _)| page == name);
            let limit = limit.map_or(OTHER_LIMIT, |(_, limit)| *limit) * 1024;
            Page { name, size: self.wasm + self.js + self.css + pack, limit }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sizes of two pages, one of which has `prompts` bytes of its own and loads more once it is live.
    fn sizes(prompts: u64, optimised: bool) -> Sizes {
        let packs = [("prompts".to_owned(), prompts), ("settings".to_owned(), 7_000)];
        let later = BTreeMap::from([("prompts".to_owned(), 1_000_000)]);
        Sizes { wasm: 80_000, js: 9_000, css: 5_000, packs: packs.into(), later, optimised }
    }

    #[test]
    fn a_page_over_its_limit_fails_and_says_by_how_much() {
        let limit = 260 * 1024 - 94_000;
        assert!(sizes(limit, true).check().is_ok());
        let error = sizes(limit + 1, true).check().expect_err("one byte over");
        let sentence = "prompts is 1 bytes over its limit of 260 KiB (";
        assert!(error.to_string().starts_with(sentence), "{error}");
    }

    #[test]
    fn other_pages_have_a_limit_too() {
        let mut sizes = sizes(0, true);
        sizes.wasm = 360 * 1024;
        let error = sizes.check().expect_err("the main module alone is too large");
        assert!(error.to_string().contains("settings is 21000 bytes over its limit of 360 KiB"));
    }

    #[test]
    fn without_wasm_opt_there_is_no_verdict() {
        assert!(sizes(1_000_000, false).check().is_ok());
    }
}
