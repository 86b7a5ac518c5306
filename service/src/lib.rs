#![doc = include_str!("../README.md")]

mod access;
mod clock;
mod consultations;
mod drafts;
mod error;
mod events;
mod feedback;
mod guidelines;
mod jobs;
mod limits;
mod models;
mod prompts;
mod runs;
mod studio;
mod versions;
mod workbench;

pub use access::{Caller, Permission, Permissions, UseCases};
pub use drafts::AcceptDraft;
pub use error::ServiceError;
pub use events::{EncodedEvent, EventStream, Topic};
pub use prompts::CreatePrompt;
pub use runs::{StartRun, StartedRun};
pub use store::{Accepted, SavedVersion};
pub use studio::Studio;
pub use versions::SaveVersion;
