//! `cargo xtask audit`: known faults, licences and sources of everything we depend on.

use crate::command::{cargo, execute, exists, say};

/// The tools, what they look at, and how they are called.
const TOOLS: [(&str, &str, &[&str]); 2] = [
    ("cargo-deny", "advisories, licences, sources", &["deny", "--workspace", "check"]),
    ("cargo-audit", "advisories of the lock file", &["audit", "--deny", "warnings"]),
];

/// Runs the tools that are installed and says which are not. They fetch the advisory database, so
/// that they are no part of `cargo xtask test`, which needs no network.
pub(crate) fn run() -> anyhow::Result<()> {
    let mut missing = Vec::new();
    for (tool, what, args) in TOOLS {
        if exists(tool) {
            say(&format!("checking {what}"));
            execute(&mut cargo(args))?;
        } else {
            missing.push(tool);
        }
    }
    if !missing.is_empty() {
        say(&format!("not checked by {0}: install with `cargo install {0}`", missing.join(" ")));
    }
    Ok(())
}
