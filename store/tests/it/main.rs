//! The store on real files.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod accepting;
mod connections;
mod consultations;
mod corrupt;
mod drafts;
mod feedback;
mod fixture;
mod guideline_sets;
mod guidelines;
mod leases;
mod list;
mod migrating;
mod opening;
mod prompts;
mod run_history;
mod runs;
mod search;
mod shared_sql;
mod versions;
mod working_copies;
