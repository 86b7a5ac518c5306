//! Lengths of Rust and CSS files, and a README per crate.

use std::fs;
use std::path::{Path, PathBuf};

use super::CRATES;

/// A file longer than this says at its top why ([`REASON`]).
const MAX_LINES: usize = 500;

/// How a file or a function that is longer than its limit begins to say why.
pub(super) const REASON: &str = "Long because";

/// Checks every file of every crate.
pub(super) fn check(root: &Path, problems: &mut Vec<String>) -> anyhow::Result<()> {
    for name in CRATES {
        if !root.join(name).join("README.md").is_file() {
            problems.push(format!("{name}/README.md is missing"));
        }
        check_lengths(root, &files(&root.join(name), "rs")?, problems)?;
    }
    check_lengths(root, &files(&root.join("style"), "css")?, problems)
}

fn check_lengths(root: &Path, paths: &[PathBuf], problems: &mut Vec<String>) -> anyhow::Result<()> {
    for path in paths {
        let text = fs::read_to_string(path)?;
        let lines = text.lines().count();
        let has_reason = text.lines().take(12).any(|line| line.contains(REASON));
        if lines > MAX_LINES && !has_reason {
            let path = path.strip_prefix(root).unwrap_or(path).display();
            problems.push(format!("{path} has {lines} lines and no reason at its top"));
        }
    }
    Ok(())
}

/// The files below `folder` whose names end in `extension`.
pub(super) fn files(folder: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    Ok(found)
}
