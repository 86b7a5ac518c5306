#![doc = include_str!("../README.md")]

mod columns;
mod connections;
mod consultations;
mod drafts;
mod error;
mod feedback;
mod guidelines;
mod json;
mod leases;
mod noun;
mod obstacle;
mod pattern;
mod prompts;
mod runs;
mod sqlite;
mod store;
mod versions;
mod working_copies;

pub use connections::{NewConnection, Sealed, StoredConnection};
pub use consultations::{
    ConsultationEnd, Consulted, NewConsultation, Outcome, StartedConsultation,
};
pub use drafts::{AcceptDraft, Accepted, NewDraft};
pub use error::{Cause, StoreError};
pub use guidelines::{GuidelineEdit, GuidelineList, Undone};
pub use leases::Interrupted;
pub use noun::Noun;
pub use obstacle::Obstacle;
pub use prompts::NewPrompt;
pub use runs::NewRun;
pub use sqlite::{BackupError, Contents, Existing, Keys, Restored, backup, restore};
pub use store::Store;
pub use versions::{NewVersion, RestoreVersion, RestoredVersion, SavedVersion};
