//! Immutable, numbered versions of a prompt.

use serde::{Deserialize, Serialize};

use crate::model::{ModelRef, Settings};
use crate::prompt::Prompt;
use crate::record::{DraftId, PromptId, Timestamp};

/// The number of a version within its prompt, from 1.
pub type VersionNumber = u32;

/// Where a version came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A person typed it.
    Typed,
    /// A draft was accepted.
    DraftAccepted {
        /// The draft.
        draft: DraftId,
    },
    /// An earlier version was restored.
    Restored {
        /// The number of the restored version.
        from: VersionNumber,
    },
}

impl Origin {
    /// What people read in lists, e.g. "accepted draft".
    pub fn label(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::DraftAccepted { .. } => "accepted draft",
            Self::Restored { .. } => "restored",
        }
    }
}

/// One version, with its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// What everything but the text says.
    pub summary: VersionSummary,
    /// The template it holds.
    pub prompt: Prompt,
}

/// One version as the history lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionSummary {
    /// The prompt it belongs to.
    pub prompt_id: PromptId,
    /// Its number.
    pub number: VersionNumber,
    /// The version it was made from; `None` for the first.
    pub parent: Option<VersionNumber>,
    /// Who caused it.
    pub author: String,
    /// Where it came from.
    pub origin: Origin,
    /// What the author, or the rationale of the accepted draft, says about it; may be empty.
    pub note: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// The model and settings that were in force then; unknown for versions of earlier releases.
    #[serde(default)]
    pub model_choice: Option<ModelChoice>,
}

/// A model with settings, as a version remembers them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModelChoice {
    /// The target model; `None` while no person had chosen one.
    pub model: Option<ModelRef>,
    /// The settings of runs.
    pub settings: Settings,
}
