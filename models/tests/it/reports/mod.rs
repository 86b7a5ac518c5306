//! What servers sent that public reports of faults describe. Files in `tests/reports` are played byte for
//! byte by a real server; `replay.json` says with which status, headers, pauses and ends.

mod asking;
mod messages;
mod setups;
mod streams;
mod thoughts;

use std::path::Path;
use std::time::Duration;

use expect_test::Expect;
use loopback::{Loopback, Replay};
use models::{Config, Limits, Models};
use serde_json::Value;

use crate::fixture::{Fixture, KEY, config};

/// A server, and models that wait longer than the pauses of the reports.
async fn fixture() -> Fixture {
    let server = Loopback::start().await.unwrap();
    let limits = Limits { silence: Duration::from_secs(20), ..Limits::default() };
    let config = Config { limits, ..config(&server.base_url(), KEY) };
    Fixture { models: Models::connect(config).await.unwrap(), server }
}

/// What a provider makes of a report.
async fn check(provider: &str, report: &str, expected: &Expect) {
    check_replay(provider, replay(report), expected).await;
}

/// What a provider makes of these bytes.
async fn check_text(provider: &str, text: impl AsRef<[u8]>, expected: &Expect) {
    check_replay(provider, Replay::new(text), expected).await;
}

async fn check_replay(provider: &str, replay: Replay, expected: &Expect) {
    expected.assert_eq(&fixture().await.answer_to(provider, replay).await);
}

/// The body of a report.
fn body(report: &str) -> Vec<u8> {
    std::fs::read(folder().join(report)).unwrap()
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports")
}

/// A report as its server plays it.
fn replay(report: &str) -> Replay {
    let all: Value = serde_json::from_slice(&body("replay.json")).unwrap();
    let how = &all[report];
    let mut replay = Replay::new(body(report));
    if let Some(code) = how["status"].as_u64() {
        replay = replay.with_status(code.try_into().unwrap());
    }
    for (name, value) in how["headers"].as_object().into_iter().flatten() {
        replay = replay.with_header(name, value.as_str().unwrap());
    }
    for (event, seconds) in how["pauses"].as_object().into_iter().flatten() {
        let pause = Duration::from_secs_f64(seconds.as_f64().unwrap());
        replay = replay.with_pause(event.parse().unwrap(), pause);
    }
    if how["cut"] == true { replay.cut() } else { replay }
}
