//! The use cases on real SQLite files, with models that answer from a script.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod bench;
mod candidates;
mod connections;
mod consultations;
mod drafts;
mod faults;
mod guidelines;
mod held;
mod hunks;
mod lab;
mod proposals;
mod rewriting;
mod run_history;
mod runs;
mod seeds;
mod typing;
mod waiting;
