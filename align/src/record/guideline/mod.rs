//! Guidelines: what a prompt should follow, as a team reads it and argues about it.

mod change;
mod set;

use serde::{Deserialize, Serialize};

pub use self::change::{
    ChangeKind, ChangedAgain, GuidelineChange, GuidelineChangeId, GuidelineState,
};
pub use self::set::{GuidelineSet, GuidelineSetId, Replace, SetUse};

use crate::record::{ConsultationId, EvidenceKind, PromptId, RunId, Timestamp, VersionNumber, id};

id! {
    /// Identifies a guideline.
    GuidelineId
}

/// A guideline in the list of its prompt. Its place in the list is the order of rewrites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guideline {
    /// Its identifier.
    pub id: GuidelineId,
    /// The prompt.
    pub prompt_id: PromptId,
    /// What it says, in one paragraph of at most 500 characters.
    pub text: String,
    /// Whether rewrites follow it.
    pub is_on: bool,
    /// Where it came from.
    pub origin: GuidelineOrigin,
    /// Who wrote it, or gave what it was distilled from.
    pub author: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// The versions made by accepting a draft that follows it, oldest first.
    pub followed_by: Vec<VersionNumber>,
}

/// Where a guideline came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuidelineOrigin {
    /// A person wrote it.
    Handwritten,
    /// The alignment model distilled it from what a person gave.
    Distilled {
        /// The consultation that did.
        consultation_id: ConsultationId,
        /// The run it was about.
        run_id: RunId,
        /// What was given.
        evidence: EvidenceKind,
        /// The beginning of what was given, at most [`GuidelineOrigin::SAID_CHARS`] characters.
        said: String,
    },
    /// It came with a guideline set.
    Set {
        /// The name of the set at that time.
        name: String,
    },
}

impl GuidelineOrigin {
    /// The most of what a person gave that is carried with each guideline, in characters. A corrected
    /// output may be long, and a list of guidelines travels with every change.
    pub const SAID_CHARS: usize = 600;
}

/// Guidelines that cannot all be followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// At least two.
    pub guidelines: Vec<GuidelineId>,
    /// Why not, in a sentence; may be empty.
    pub reason: String,
}
