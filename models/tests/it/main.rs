//! The providers against a real HTTP server that speaks their wire formats.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod answers;
mod cancelling;
mod demo;
#[path = "../../../demo/tests/it/desk.rs"]
mod desk;
mod failures;
mod fixture;
mod listing;
mod models;
mod named;
mod queue;
mod recorded;
mod reports;
mod requests;
mod retrying;
mod seeds;
