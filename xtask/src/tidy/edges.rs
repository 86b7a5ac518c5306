//! Which crates may use which (ARCHITECTURE.md explains the edges).

use anyhow::{Context, bail};

use crate::build::TARGET;
use crate::command::cargo;

/// Which crates of the workspace and notable others a crate must not depend on, directly or through
/// others.
const NEVER: &[(&str, &[&str])] = &[
    ("align", &["tokio", "leptos", "reqwest", "sqlx", "models", "store", "service", "getrandom"]),
    ("demo", &["tokio", "leptos", "reqwest", "sqlx", "models", "store", "service", "getrandom"]),
    ("models", &["sqlx", "leptos", "axum", "store", "service"]),
    ("store", &["reqwest", "leptos", "axum", "models", "service"]),
    ("service", &["axum", "leptos"]),
];

/// What the browser downloads holds nothing of the server.
const NEVER_IN_WASM: &[&str] =
    &["sqlx", "reqwest", "tokio", "axum", "demo", "models", "store", "service"];

/// Checks what each crate depends on.
pub(super) fn check(problems: &mut Vec<String>) -> anyhow::Result<()> {
    for (name, never) in NEVER {
        let used = dependencies(&["--package", name])?;
        for other in never.iter().filter(|other| used.iter().any(|used| used == *other)) {
            problems.push(format!("`{name}` depends on `{other}`, which it must not"));
        }
    }
    let used = dependencies(&["--package", "frontend", "--target", TARGET])?;
    for name in NEVER_IN_WASM.iter().filter(|name| used.iter().any(|used| used == *name)) {
        problems.push(format!("the wasm holds `{name}`, which it must not"));
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
