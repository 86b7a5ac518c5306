//! The split of the wasm by page: what only some pages use leaves the main module.
//!
//! The functions that `app` marks with `wasm_split` are the places to cut at. What one page needs alone
//! becomes a part of its name, what several need but not all becomes a part they share. A page can have
//! further parts that it loads once it is live; their names begin with its own, as `workbench_sheets`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, ensure};
use wasm_split_cli_support::Options;

/// The name of the main module among the parts.
pub(super) const MAIN: &str = "attune";

/// How the main module names the JavaScript that loads the parts.
const LOADER: &str = "./__wasm_split.js";

/// Names of parts, by the name of the page that needs them.
pub(super) type ByPage = BTreeMap<String, Vec<String>>;

/// What the split gives.
pub(super) struct Split {
    /// The main module, before wasm-bindgen.
    pub(super) main: PathBuf,
    /// JavaScript that loads the parts.
    pub(super) loader: String,
    /// The parts by name.
    pub(super) parts: BTreeMap<String, Vec<u8>>,
    /// The parts that a page needs to become live.
    pub(super) pages: ByPage,
    /// The parts that it loads then.
    pub(super) later: ByPage,
}

/// Splits the module that the linker wrote to `linked`. The parts go to `folder`.
pub(super) fn split(linked: &Path, folder: &Path) -> anyhow::Result<Split> {
    let input = fs::read(linked)?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = "./attune.js";
    let written = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the front end could not be split by page: {error:#}"))?;
    let mut parts = BTreeMap::new();
    for path in &written.split_modules {
        let name = path.file_stem().and_then(|stem| stem.to_str()).context("a part has a name")?;
        parts.insert(name.to_owned(), fs::read(path)?);
    }
    let loader = fs::read_to_string(folder.join(LOADER))?;
    let (pages, later) = by_page(written.prefetch_map.into_iter().collect());
    Ok(Split { main, loader, parts, pages, later })
}

/// Tells what a page needs to become live from what it loads then: from the names of the parts that each
/// place to cut at needs, the first by page and the second by page.
fn by_page(needed: ByPage) -> (ByPage, ByPage) {
    let mut later = ByPage::new();
    let (further, pages): (ByPage, ByPage) =
        needed.into_iter().partition(|(name, _)| name.contains('_'));
    for (name, parts) in further {
        let page = name.split('_').next().unwrap_or_default();
        let is_there = |part: &String| pages.get(page).is_some_and(|parts| parts.contains(part));
        let missing = parts.into_iter().filter(|part| !is_there(part));
        later.entry(page.to_owned()).or_default().extend(missing);
    }
    (pages, later)
}

/// wasm-bindgen's JavaScript and the loader in one file. As two they would name each other, and each
/// name holds a hash of the content.
pub(super) fn join(js: &str, loader: &str) -> anyhow::Result<String> {
    let (import, loader) = loader.split_once('\n').context("the loader is empty")?;
    ensure!(
        import.starts_with("import { initSync }") && !loader.contains("import {"),
        "the loader of the parts imports something else than it did: bring xtask/src/build/split.rs \
         up to date"
    );
    let functions: Vec<_> = loader
        .lines()
        .filter_map(|line| line.strip_prefix("export const ")?.split(' ').next())
        .collect();
    let (imports, uses) = (format!("from \"{LOADER}\""), format!("\"{LOADER}\": "));
    let mut lines = Vec::new();
    let mut is_used = false;
    for line in js.lines().filter(|line| !line.contains(&imports)) {
        if !line.contains(&uses) {
            lines.push(line.to_owned());
        } else if !is_used {
            // It stands there once for each function; once is enough.
            lines.push(format!("{uses}partLoaders,"));
            is_used = true;
        }
    }
    ensure!(
        is_used && !functions.is_empty(),
        "the JavaScript of the front end does not load its parts: bring xtask/src/build/split.rs up to \
         date"
    );
    let (loader, functions) = (loader.replace("export const ", "const "), functions.join(", "));
    lines.push(format!(
        "const partLoaders = (() => {{\n{loader}return {{ {functions} }};\n}})();\n"
    ));
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const JS: &str = "import * as import1 from \"./__wasm_split.js\"\n\
        import * as import2 from \"./__wasm_split.js\"\n\
        const imports = () => ({\n\
        \"./attune_bg.js\": import0,\n\
        \"./__wasm_split.js\": import1,\n\
        \"./__wasm_split.js\": import2,\n\
        });\n";

    #[test]
    fn the_loader_becomes_a_part_of_the_javascript() {
        let loader = "import { initSync } from \"./attune.js\";\n\
            const helper = 1;\n\
            export const __wasm_split_load_a = wrap(helper);\n\
            export const __wasm_split_load_b = wrap(helper);\n";
        let expected = "const imports = () => ({\n\
            \"./attune_bg.js\": import0,\n\
            \"./__wasm_split.js\": partLoaders,\n\
            });\n\
            const partLoaders = (() => {\n\
            const helper = 1;\n\
            const __wasm_split_load_a = wrap(helper);\n\
            const __wasm_split_load_b = wrap(helper);\n\
            return { __wasm_split_load_a, __wasm_split_load_b };\n\
            })();\n";
        assert_eq!(join(JS, loader).expect("both fit"), expected);
    }

    #[test]
    fn a_page_loads_further_parts_once_it_is_live() {
        let parts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let needed = ByPage::from([
            ("prompts".to_owned(), parts(&["chunk_1", "prompts"])),
            ("workbench".to_owned(), parts(&["chunk_1", "chunk_2", "workbench"])),
            ("workbench_sheets".to_owned(), parts(&["chunk_2", "chunk_3", "sheets"])),
        ]);
        let (pages, later) = by_page(needed.clone());
        assert_eq!(pages.keys().collect::<Vec<_>>(), ["prompts", "workbench"]);
        assert_eq!(pages["workbench"], needed["workbench"]);
        let expected = [("workbench".to_owned(), parts(&["chunk_3", "sheets"]))];
        assert_eq!(later, ByPage::from(expected));
    }

    #[test]
    fn what_is_not_understood_fails_the_build() {
        assert!(join(JS, "import { other } from \"./attune.js\";\n").is_err());
        assert!(join("no imports", "import { initSync } from \"./attune.js\";\n").is_err());
    }
}
