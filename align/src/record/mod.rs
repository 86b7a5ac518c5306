//! The nouns that people work with and the store keeps: prompts, versions, runs, drafts,
//! guidelines. One folder each.
//!
//! They are plain data, the same in the database, on the wire and in the browser.

mod connection;
mod consultation;
mod draft;
mod event;
mod feedback;
mod guideline;
mod prompt;
mod run;
mod timestamp;
mod version;
mod waiting;
mod working_copy;

pub use connection::{
    Connection, ConnectionId, ConnectionInput, ConnectionTest, ExtraHeader, LocalServer,
    ProviderKind, UnknownProvider,
};
pub use consultation::{
    Answer, Consultation, ConsultationId, ConsultationState, Evidence, EvidenceKind, Question,
};
pub use draft::{
    Draft, DraftGuideline, DraftId, DraftOrder, DraftState, Proposal, Source, StartFrom, Trace,
    Workflow,
};
pub use event::{Event, EventId};
pub use feedback::{FeedbackId, PlacedFeedback};
pub use guideline::{
    ChangeKind, ChangedAgain, Conflict, Guideline, GuidelineChange, GuidelineChangeId, GuidelineId,
    GuidelineOrigin, GuidelineSet, GuidelineSetId, GuidelineState, Replace, SetUse,
};
pub use prompt::{
    PromptHead, PromptId, PromptList, PromptModels, PromptQuery, PromptSummary, Workbench,
};
pub use run::{OpenedRun, Run, RunHistory, RunId, RunPurpose, RunQuery, RunState, RunSummary};
pub use timestamp::{CalendarTime, Timestamp};
pub use version::{ModelChoice, Origin, Version, VersionNumber, VersionSummary};
pub use waiting::Waiting;
pub use working_copy::{Correction, Reworded, Rewording, SeenText, WorkingCopy};

/// Declares an integer identifier of a row.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}
pub(crate) use id;
