//! What a person at a browser sees: measured by the scripts of `end2end/bench`.

use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde::Deserialize;

use crate::budget::{
    DIFF_SHOWN, FIRST_PAINT, FIRST_PAINT_PROMPTS, LONGEST_TASK, LONGEST_TASK_TABLE, PROMPTS_LIVE,
    RUN_REACTS,
};
use crate::report::Measured;
use crate::setup::Setup;

/// What the scripts write, one file per figure.
#[derive(Deserialize)]
struct Found {
    value: f64,
    #[serde(default)]
    note: String,
}

/// Runs the scripts and reads what they wrote.
pub(super) fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let out = setup.fresh("browser");
    std::fs::create_dir_all(&out)?;
    let output = Command::new(if cfg!(windows) { "npx.cmd" } else { "npx" })
        .args(["--no-install", "playwright", "test", "--config", "bench/playwright.config.ts"])
        .current_dir(setup.root.join("end2end"))
        .env("ATTUNE_BIN", &setup.attune)
        .env("LOOPBACK_BIN", &setup.loopback)
        .env("ATTUNE_BENCH_OUT", &out)
        .stdin(Stdio::null())
        .output()
        .context("the browser's figures need node 20 or newer")?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "the browser's scripts failed:\n{said}");
    let figures = [
        (FIRST_PAINT, "first-paint"),
        (FIRST_PAINT_PROMPTS, "first-paint-prompts"),
        (RUN_REACTS, "run-reacts"),
        (PROMPTS_LIVE, "prompts-live"),
        (DIFF_SHOWN, "diff-shown"),
        (LONGEST_TASK, "longest-task"),
        (LONGEST_TASK_TABLE, "longest-task-table"),
    ];
    figures
        .into_iter()
        .map(|(figure, name)| {
            let text = std::fs::read(out.join(format!("{name}.json"))).context(name)?;
            let Found { value, note } = serde_json::from_slice(&text).context(name)?;
            Ok(Measured::new(figure, value).noting(note))
        })
        .collect()
}
