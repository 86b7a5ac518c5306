//! The folder of files that browsers download, hashed and compressed.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use brotli::enc::BrotliEncoderParams;
use serde_json::json;

use super::Purpose;
use super::wasm::Wasm;
use crate::budget::Sizes;
use crate::command::{root, say};

/// A hashed file.
struct Hashed {
    /// Its name, below the site.
    name: String,
    /// Bytes over the wire.
    size: u64,
}

/// Writes `target/site`: `pkg/` with content hashes in its names, `public/` beside it, a brotli twin
/// for whatever compresses, `manifest.json` naming the hashed files, and what they weigh in
/// `sizes.json`.
///
/// For this machine nothing is compressed: that takes longer than loading it.
pub(crate) fn write(wasm: &Wasm, css: &[u8], purpose: Purpose) -> anyhow::Result<()> {
    say("writing the site");
    let compresses = purpose == Purpose::Shipping;
    let mut site = Site { folder: root().join("target/site"), files: BTreeSet::new(), compresses };
    let main = site.add_hashed("attune", "wasm", &wasm.main)?;
    let css = site.add_hashed("attune", "css", css)?;
    let mut js = wasm.js.clone();
    let mut parts = BTreeMap::new();
    for (part, content) in &wasm.parts {
        let hashed = site.add_hashed(part, "wasm", content)?;
        js = js.replace(&format!("./{part}.wasm"), &hashed.name.replace("pkg/", "./"));
        parts.insert(part.as_str(), hashed);
    }
    let mut packs = BTreeMap::new();
    for (page, content) in &wasm.packs {
        let hashed = site.add_hashed(page, "pack", content)?;
        js = js.replace(&format!("./{page}.pack"), &hashed.name.replace("pkg/", "./"));
        packs.insert(page.clone(), hashed);
    }
    let js = site.add_hashed("attune", "js", js.as_bytes())?;
    let pack_names: BTreeMap<_, _> =
        packs.iter().map(|(page, pack)| (page, pack.name.as_str())).collect();
    let manifest =
        json!({ "wasm": main.name, "js": js.name, "css": css.name, "packs": pack_names });
    let size = |part: &String| parts.get(part.as_str()).map_or(0, |part| part.size);
    let later =
        |(page, needed): (&String, &Vec<String>)| (page.clone(), needed.iter().map(size).sum());
    let sizes = Sizes {
        wasm: main.size,
        js: js.size,
        css: css.size,
        packs: packs.iter().map(|(page, pack)| (page.clone(), pack.size)).collect(),
        later: wasm.later.iter().map(later).collect(),
        optimised: wasm.optimised,
    };
    site.add("manifest.json", manifest.to_string().as_bytes())?;
    site.add("sizes.json", sizes.to_json().to_string().as_bytes())?;
    site.add_public(&root().join("public"))?;
    site.remove_others()?;
    if compresses {
        sizes.say();
    }
    Ok(())
}

/// The folder. Files that are there already keep their times: the server embeds them, and is not built
/// anew where nothing changed.
struct Site {
    folder: PathBuf,
    /// What belongs to it.
    files: BTreeSet<PathBuf>,
    /// Whether files get brotli twins.
    compresses: bool,
}

impl Site {
    /// Writes a file below `pkg/` whose name says what is in it.
    fn add_hashed(
        &mut self,
        stem: &str,
        extension: &str,
        content: &[u8],
    ) -> anyhow::Result<Hashed> {
        let name = format!("pkg/{stem}.{:016x}.{extension}", hash(content));
        let size = self.add_compressed(&name, content)?;
        Ok(Hashed { name, size })
    }

    /// Writes a file and, where that is smaller, its brotli twin; returns the size over the wire.
    fn add_compressed(&mut self, name: &str, content: &[u8]) -> anyhow::Result<u64> {
        let is_new = self.add(name, content)?;
        if !self.compresses {
            return Ok(content.len() as u64);
        }
        let twin = format!("{name}.br");
        if !is_new && let Ok(compressed) = fs::read(self.folder.join(&twin)) {
            self.add(&twin, &compressed)?;
            return Ok(compressed.len() as u64);
        }
        let compressed = compress(content)?;
        if compressed.len() >= content.len() {
            return Ok(content.len() as u64);
        }
        self.add(&twin, &compressed)?;
        Ok(compressed.len() as u64)
    }

    /// Writes a file unless it is there with the same content; whether it was written.
    fn add(&mut self, name: &str, content: &[u8]) -> anyhow::Result<bool> {
        let path = self.folder.join(name);
        let is_new = !fs::read(&path).is_ok_and(|there| there == content);
        if is_new {
            fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            fs::write(&path, content)?;
        }
        self.files.insert(path);
        Ok(is_new)
    }

    fn add_public(&mut self, from: &Path) -> anyhow::Result<()> {
        for entry in fs::read_dir(from).context("the folder public/ is missing")? {
            let path = entry?.path();
            if path.is_file() {
                let name = path.file_name().context("a file has a name")?;
                self.add_compressed(&name.to_string_lossy(), &fs::read(&path)?)?;
            }
        }
        Ok(())
    }

    /// Removes what an earlier build left.
    fn remove_others(&self) -> anyhow::Result<()> {
        for folder in [self.folder.clone(), self.folder.join("pkg")] {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_file() && !self.files.contains(&path) {
                    fs::remove_file(path)?;
                }
            }
        }
        Ok(())
    }
}

fn compress(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    // Told how much there is, it takes the literals of the whole file into account.
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::CompressorWriter::with_params(&mut compressed, 1 << 16, &params).write_all(content)?;
    Ok(compressed)
}

fn hash(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(folder: &Path) -> Site {
        Site { folder: folder.to_owned(), files: BTreeSet::new(), compresses: true }
    }

    #[test]
    fn what_is_there_is_not_written_again_and_what_is_left_over_goes() {
        let folder = std::env::temp_dir().join(format!("attune-site-{}", std::process::id()));
        let page = "the same words again and again ".repeat(20);
        let mut first = site(&folder);
        let size = first.add_compressed("pkg/page.css", page.as_bytes()).expect("written");
        first.add("pkg/old.css", b"old").expect("written");
        let mut second = site(&folder);
        assert!(!second.add("pkg/page.css", page.as_bytes()).expect("compared"));
        assert_eq!(second.add_compressed("pkg/page.css", page.as_bytes()).expect("kept"), size);
        second.remove_others().expect("removed");
        let left: BTreeSet<_> = fs::read_dir(folder.join("pkg"))
            .expect("the folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        assert_eq!(left, second.files);
        fs::remove_dir_all(folder).expect("removed");
    }
}
