#![doc = include_str!("../README.md")]

mod access;
mod clock;
mod connections;
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
mod secrets;
mod studio;
mod versions;
mod workbench;

pub use access::{Caller, Permission, Permissions, UseCases};
pub use drafts::AcceptDraft;
pub use error::ServiceError;
pub use events::{EncodedEvent, EventStream, Topic};
pub use prompts::CreatePrompt;
pub use runs::{StartRun, StartedRun};
pub use secrets::{Secrets, SecretsError, rotate_key};
pub use store::{Accepted, SavedVersion};
pub use studio::Studio;
pub use versions::SaveVersion;
