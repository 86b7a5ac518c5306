//! The use cases on real SQLite files, with models that answer from a script.

mod bench;
mod drafts;
mod held;
mod runs;
mod typing;
