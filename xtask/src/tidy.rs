//! `cargo xtask tidy`: the edges between the rooms, sizes of Rust and CSS files, a README per crate.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::command::{cargo, root, say};

/// Which workspace and notable outside crates a room must not depend on, directly or through
/// others (ARCHITECTURE.md explains the edges).
const NEVER: &[(&str, &[&str])] = &[
    ("align", &["tokio", "leptos", "reqwest", "sqlx", "models", "store", "service", "getrandom"]),
    ("demo", &["tokio", "leptos", "reqwest", "sqlx", "models", "store", "service", "getrandom"]),
    ("models", &["sqlx", "leptos", "axum", "store", "service"]),
    ("store", &["reqwest", "leptos", "axum", "models", "service"]),
    ("service", &["axum", "leptos"]),
];

/// A file longer than this says at its top why ("Long because").
const MAX_LINES: usize = 500;

/// Checks everything and lists all that is wrong.
pub(crate) fn run() -> anyhow::Result<()> {
    say("checking rooms and sizes");
    let mut problems = Vec::new();
    check_edges(&mut problems)?;
    check_frontend(&mut problems)?;
    check_files(&mut problems)?;
    if problems.is_empty() {
        return Ok(());
    }
    bail!("tidy found:\n  {}", problems.join("\n  "));
}

fn check_edges(problems: &mut Vec<String>) -> anyhow::Result<()> {
    for (room, never) in NEVER {
        let used = dependencies(&["--package", room])?;
        for name in never.iter().filter(|name| used.iter().any(|used| used == *name)) {
            problems.push(format!("`{room}` depends on `{name}`, which it must not"));
        }
    }
    Ok(())
}

/// What the browser downloads holds none of the server's rooms.
fn check_frontend(problems: &mut Vec<String>) -> anyhow::Result<()> {
    let used = dependencies(&["--package", "frontend", "--target", "wasm32-unknown-unknown"])?;
    for name in ["sqlx", "reqwest", "tokio", "axum", "demo", "models", "store", "service"] {
        if used.iter().any(|used| used == name) {
            problems.push(format!("the wasm holds `{name}`, which it must not"));
        }
    }
    Ok(())
}

fn dependencies(args: &[&str]) -> anyhow::Result<Vec<String>> {
    let output =
        cargo(&["tree", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"])
            .args(args)
            .output()
            .context("could not start cargo tree")?;
    if !output.status.success() {
        bail!("cargo tree failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let names = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.split(' ').next().map(str::to_owned))
        .collect();
    Ok(names)
}

fn check_files(problems: &mut Vec<String>) -> anyhow::Result<()> {
    let root = root();
    for room in [
        "align", "demo", "models", "store", "service", "app", "server", "frontend", "loopback",
        "bench", "xtask",
    ] {
        if !root.join(room).join("README.md").is_file() {
            problems.push(format!("{room}/README.md is missing"));
        }
        check_lengths(&root, &files(&root.join(room), "rs")?, problems)?;
    }
    check_lengths(&root, &files(&root.join("style"), "css")?, problems)
}

fn check_lengths(root: &Path, paths: &[PathBuf], problems: &mut Vec<String>) -> anyhow::Result<()> {
    for path in paths {
        let text = fs::read_to_string(path)?;
        let lines = text.lines().count();
        let reason = text.lines().take(12).any(|line| line.contains("Long because"));
        if lines > MAX_LINES && !reason {
            let path = path.strip_prefix(root).unwrap_or(path).display();
            problems.push(format!("{path} has {lines} lines and no reason at its top"));
        }
    }
    Ok(())
}

/// The files below `folder` whose names end in `extension`.
fn files(folder: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
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
