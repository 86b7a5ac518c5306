#![doc = include_str!("../README.md")]

mod accepting;
mod clock;
mod consultations;
mod consulting;
mod draft_order;
mod drafting;
mod drafts;
mod editing;
mod error;
mod feedback;
mod guideline_sets;
mod guidelines;
mod hub;
mod limits;
mod models;
mod prompts;
mod question;
mod repeated;
mod running;
mod runs;
mod streaming;
mod studio;
mod tasks;
mod versions;
mod workbench;

pub use accepting::AcceptDraft;
pub use error::ServiceError;
pub use prompts::CreatePrompt;
pub use runs::{StartRun, StartedRun};
pub use store::{Accepted, SavedVersion};
pub use studio::Studio;
pub use versions::SaveVersion;
