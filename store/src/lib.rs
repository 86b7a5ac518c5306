#![doc = include_str!("../README.md")]

mod accept;
mod backup;
mod columns;
mod connection;
mod contents;
mod draft_row;
mod drafts;
mod duplicate;
mod error;
mod excerpt;
mod feedback;
mod folder;
mod interrupt;
mod list;
mod obstacle;
#[cfg(test)]
mod plans;
mod prompts;
mod restore;
mod runs;
mod search;
mod store;
mod tags;
mod versions;
mod working_copies;
mod writer;

pub use accept::{AcceptDraft, Accepted};
pub use backup::{BackupError, Existing, backup};
pub use contents::Contents;
pub use drafts::NewDraft;
pub use error::{Cause, StoreError};
pub use interrupt::Interrupted;
pub use obstacle::Obstacle;
pub use prompts::NewPrompt;
pub use restore::{Restored, restore};
pub use runs::NewRun;
pub use store::Store;
pub use versions::{NewVersion, SavedVersion};
