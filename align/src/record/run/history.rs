//! The history of a prompt's runs: which of them a page shows, and its rows.

use serde::{Deserialize, Serialize};

use super::{Run, RunId, RunState};
use crate::model::{FinishReason, ModelRef, Settings, Usage};
use crate::prompt::Values;
use crate::record::{PlacedFeedback, PromptId, Timestamp, VersionNumber};

/// A run as the workbench shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenedRun {
    /// The run.
    pub run: Run,
    /// The run to compare it with: of an earlier version, of the same input where there is one.
    pub before: Option<Run>,
    /// Feedback kept on it, oldest first.
    pub feedback: Vec<PlacedFeedback>,
}

/// Which runs of a prompt a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunQuery {
    /// Words to find in outputs and values; empty finds all. The last word matches as a prefix.
    pub search: String,
    /// Only runs of this version.
    pub version: Option<VersionNumber>,
    /// Only runs that started before this one: the last of the page before.
    pub before: Option<RunId>,
}

/// One page of runs, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunHistory {
    /// At most [`RunHistory::PAGE_SIZE`] rows.
    pub runs: Vec<RunSummary>,
    /// Whether there are earlier ones.
    pub has_more: bool,
}

impl RunHistory {
    /// Rows of one page.
    pub const PAGE_SIZE: u32 = 50;
}

/// One run as the history lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunSummary {
    /// Its identifier.
    pub id: RunId,
    /// The prompt.
    pub prompt_id: PromptId,
    /// The version that ran.
    pub version: VersionNumber,
    /// Who started it.
    pub author: String,
    /// The model that answered.
    pub model: ModelRef,
    /// The settings of the call.
    pub settings: Settings,
    /// The values of the variables; `None` where they are too long for a list.
    pub values: Option<Values>,
    /// How far it is.
    pub state: RunState,
    /// The beginning of the output, or the part in which the searched word stands.
    pub excerpt: String,
    /// Whether the excerpt is not the beginning of the output.
    pub is_from_the_middle: bool,
    /// Why a complete answer ended.
    pub finish: Option<FinishReason>,
    /// Tokens, where the provider counts them.
    pub usage: Option<Usage>,
    /// When it started.
    pub started_at: Timestamp,
    /// Milliseconds from the start to the end.
    pub duration_ms: Option<u32>,
    /// How many pieces of feedback it was given.
    pub feedback_count: u32,
    /// The beginning of the newest of them.
    pub newest_feedback: Option<String>,
}
