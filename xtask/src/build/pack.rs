//! What a page needs to become live, in one file.
//!
//! The parts of a page weigh a tenth less together than one by one, since brotli finds in one what it has
//! seen in another. So the page that is opened first brings a pack with all its parts. Whoever goes on to
//! another page loads the parts that are missing, each by itself.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};

use super::split::ByPage;

/// The part of the loader that knows packs. `sizes` are names and bytes of the parts, in their order.
const RUNTIME: &str = r#"
let pack;
const unpack = async (address, sizes) => {
    try {
        const response = await fetch(new URL(address, import.meta.url));
        if (!response.ok) throw new Error(`HTTP status code is not ok: ${response.status}`);
        const bytes = await response.arrayBuffer();
        let start = 0;
        return new Map(sizes.map(([name, size]) => [name, bytes.slice(start, (start += size))]));
    } catch (error) {
        pack = undefined;
        throw error;
    }
};
const part = async (name) => {
    const parts = await pack;
    const bytes = parts?.get(name);
    if (!bytes) return fetch(new URL(name, import.meta.url));
    parts.delete(name);
    return new Response(bytes, { headers: { "content-type": "application/wasm" } });
};
const loadPacked = (address, sizes) => (fetcher, deps) => {
    const load = makeLoad(fetcher, deps);
    return () => {
        pack ??= unpack(address, sizes);
        return load();
    };
};
"#;

/// The pack of each page.
pub(super) fn join(pages: &ByPage, parts: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let joined = |needed: &Vec<String>| {
        needed.iter().filter_map(|part| parts.get(part)).flatten().copied().collect()
    };
    pages.iter().map(|(page, needed)| (page.clone(), joined(needed))).collect()
}

/// Lets `loader`, which loads each part by itself, take the parts of the first page out of its pack.
pub(super) fn load_packed(
    loader: &str,
    pages: &ByPage,
    parts: &BTreeMap<String, Vec<u8>>,
) -> anyhow::Result<String> {
    let mut packed = loader.to_owned();
    for part in parts.keys() {
        let fetched = format!("fetch(new URL(\"./{part}.wasm\", import.meta.url))");
        replace_one(&mut packed, &fetched, &format!("part(\"./{part}.wasm\")"))?;
    }
    for (page, needed) in pages {
        let sizes = needed.iter().map(|part| {
            let size = parts.get(part).map_or(0, Vec::len);
            format!("[\"./{part}.wasm\", {size}]")
        });
        let sizes = sizes.collect::<Vec<_>>().join(", ");
        let load = format!("__wasm_split_load_{page} = wrapAsyncCb(");
        let load_packed = format!("{load}loadPacked(\"./{page}.pack\", [{sizes}])(");
        replace_one(&mut packed, &format!("{load}makeLoad("), &load_packed)?;
    }
    let (import, rest) = packed.split_once('\n').context("the loader is empty")?;
    Ok(format!("{import}{RUNTIME}{rest}"))
}

/// Fails where `from` does not stand in the loader exactly once.
fn replace_one(text: &mut String, from: &str, to: &str) -> anyhow::Result<()> {
    ensure!(
        text.matches(from).count() == 1,
        "the loader of the parts has no `{from}`: bring xtask/src/build/pack.rs up to date"
    );
    *text = text.replace(from, to);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = "import { initSync } from \"./attune.js\";\n\
        const __chunk_1 = makeLoad(() => fetch(new URL(\"./chunk_1.wasm\", import.meta.url)), []);\n\
        export const __wasm_split_load_prompts = wrapAsyncCb(makeLoad(() => \
        fetch(new URL(\"./split_prompts.wasm\", import.meta.url)), [__chunk_1]));\n";

    fn pages() -> ByPage {
        ByPage::from([("prompts".to_owned(), vec!["chunk_1".into(), "split_prompts".into()])])
    }

    fn parts() -> BTreeMap<String, Vec<u8>> {
        BTreeMap::from([
            ("chunk_1".to_owned(), b"one".to_vec()),
            ("split_prompts".to_owned(), b"three".to_vec()),
        ])
    }

    #[test]
    fn the_first_page_takes_its_parts_out_of_its_pack() {
        assert_eq!(join(&pages(), &parts())["prompts"], b"onethree");
        let packed = load_packed(LOADER, &pages(), &parts()).expect("it fits");
        assert!(packed.starts_with("import { initSync }") && packed.contains("const unpack"));
        let loaders = packed.split_once("};\nconst __chunk_1").map(|(_, loaders)| loaders);
        let expected = " = makeLoad(() => part(\"./chunk_1.wasm\"), []);\n\
            export const __wasm_split_load_prompts = wrapAsyncCb(loadPacked(\"./prompts.pack\", \
            [[\"./chunk_1.wasm\", 3], [\"./split_prompts.wasm\", 5]])(() => \
            part(\"./split_prompts.wasm\"), [__chunk_1]));\n";
        assert_eq!(loaders, Some(expected));
    }

    #[test]
    fn what_is_not_understood_fails_the_build() {
        assert!(load_packed("import {}\n", &pages(), &parts()).is_err());
    }
}
