//! `cargo xtask tidy`: the edges between the crates, sizes of files and functions, a README per crate.

mod edges;
mod files;
mod functions;

use anyhow::bail;

use crate::command::{root, say};

/// Every crate of the workspace: a folder of that name in the root.
const CRATES: &[&str] = &[
    "align", "demo", "models", "store", "service", "app", "server", "frontend", "loopback",
    "bench", "xtask",
];

/// Checks everything and lists all that is wrong.
pub(crate) fn run() -> anyhow::Result<()> {
    let mut problems = Vec::new();
    edges::check(&mut problems)?;
    files::check(&root(), &mut problems)?;
    let sizes = functions::check(&root(), &mut problems)?;
    say(&sizes.to_string());
    if problems.is_empty() {
        return Ok(());
    }
    bail!("tidy found:\n  {}", problems.join("\n  "));
}
