#![doc = include_str!("../README.md")]

mod accept;
mod columns;
mod connection;
mod draft_row;
mod drafts;
mod duplicate;
mod error;
mod excerpt;
mod feedback;
mod folder;
mod interrupt;
mod list;
#[cfg(test)]
mod plans;
mod prompts;
mod runs;
mod search;
mod store;
mod tags;
mod versions;
mod working_copies;

pub use accept::{AcceptDraft, Accepted};
pub use drafts::NewDraft;
pub use error::{Cause, StoreError};
pub use interrupt::Interrupted;
pub use prompts::NewPrompt;
pub use runs::NewRun;
pub use store::Store;
pub use versions::{NewVersion, SavedVersion};
