#![doc = include_str!("../README.md")]

mod clock;
mod drafting;
mod drafts;
mod error;
mod feedback;
mod hub;
mod limits;
mod models;
mod prompts;
mod running;
mod runs;
mod streaming;
mod studio;
mod tasks;
mod versions;
mod workbench;

pub use drafts::{AcceptDraft, StartDraft};
pub use error::ServiceError;
pub use prompts::CreatePrompt;
pub use runs::{StartRun, StartedRun};
pub use store::{Accepted, SavedVersion};
pub use studio::Studio;
pub use versions::SaveVersion;
