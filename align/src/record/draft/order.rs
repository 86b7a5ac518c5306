//! What a draft is ordered with.

use serde::{Deserialize, Serialize};

use super::{StartFrom, Workflow};
use crate::feedback::Feedback;
use crate::model::ModelRef;
use crate::prompt::Prompt;
use crate::record::{FeedbackId, PromptId, RunId, VersionNumber};

/// A wish for drafts: what they are made from, besides the prompt's own history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftOrder {
    /// The prompt.
    pub prompt_id: PromptId,
    /// What is typed; saved as a version first where it differs from the newest.
    pub prompt: Prompt,
    /// The version the typing started from.
    pub base: Option<VersionNumber>,
    /// The run whose output the feedback is about.
    pub run_id: Option<RunId>,
    /// Kept pieces of feedback on that run, to answer.
    pub pieces: Vec<FeedbackId>,
    /// Further feedback: what stands in the Feedback box.
    pub feedback: Vec<Feedback>,
    /// The alignment model; `None` for the preferred one.
    pub alignment_model: Option<ModelRef>,
    /// Feedback alone, or the guidelines that are switched on.
    #[serde(default)]
    pub workflow: Workflow,
    /// What is typed, or the original prompt.
    #[serde(default)]
    pub start: StartFrom,
    /// How many drafts to ask for, 1 to 3.
    #[serde(default = "one")]
    pub candidates: u8,
}

fn one() -> u8 {
    1
}
