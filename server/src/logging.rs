//! Tracing to standard error. Never prompts, outputs, keys or bodies: see docs/logging.md.

use std::io::IsTerminal;

use anyhow::{Context, bail};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Starts logging what `filter` lets through.
pub(crate) fn start(filter: &str) -> anyhow::Result<()> {
    let parsed = EnvFilter::try_new(filter)
        .with_context(|| format!("“{filter}” is not a log filter; try ATTUNE_LOG=info"))?;
    // A single word that is no level would be taken for a module that nobody has.
    let is_word = filter.chars().all(char::is_alphabetic);
    if is_word && filter.parse::<LevelFilter>().is_err() {
        bail!("“{filter}” is no level of logging; try error, warn, info, debug or trace");
    }
    tracing_subscriber::fmt()
        .with_env_filter(parsed)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    Ok(())
}
