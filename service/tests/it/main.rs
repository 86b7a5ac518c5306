//! The use cases on real SQLite files, with models that answer from a script.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bench;
mod drafts;
mod faults;
mod held;
mod lab;
mod runs;
mod seeds;
mod typing;
mod waiting;
