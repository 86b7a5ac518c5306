//! Drafts: rewrites of a version that a person accepts, edits or rejects.

mod order;
mod proposal;

use serde::{Deserialize, Serialize};

pub use self::order::DraftOrder;
pub use self::proposal::{Proposal, Source, Trace};
use crate::feedback::Feedback;
use crate::model::{Failure, ModelRef, Usage};
use crate::prompt::Prompt;
use crate::record::{GuidelineId, PromptId, RunId, Timestamp, VersionNumber, Waiting, id};

id! {
    /// Identifies a draft.
    DraftId
}

/// How far a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    /// The alignment model is writing.
    Drafting,
    /// It waits for a decision.
    Ready,
    /// It became a version.
    Accepted {
        /// The number of that version.
        version: VersionNumber,
    },
    /// A person said no.
    Rejected,
    /// A person stopped it before it was complete.
    Stopped,
    /// It failed; the failure says why.
    Failed,
    /// The server ended while it was written.
    Interrupted,
}

/// What a rewrite is made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Workflow {
    /// Feedback alone.
    #[default]
    Direct,
    /// All guidelines that are switched on, and feedback if there is any.
    Guidelines,
}

/// Which text a rewrite starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartFrom {
    /// What is typed, hand edits included.
    #[default]
    Newest,
    /// The first version.
    Original,
}

/// A guideline as it was when a draft was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftGuideline {
    /// The guideline.
    pub id: GuidelineId,
    /// What it said.
    pub text: String,
}

/// One draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its identifier.
    pub id: DraftId,
    /// The prompt.
    pub prompt_id: PromptId,
    /// Which candidate on its base it is, from 1.
    pub number: u32,
    /// The version it is compared with and follows: the newest one when it was asked for.
    pub base: VersionNumber,
    /// The version whose text the model was given: the base, or the first version for a new start.
    #[serde(default)]
    pub rewrites: VersionNumber,
    /// The first of the candidates that were asked for together; `None` for a draft by itself.
    #[serde(default)]
    pub batch: Option<DraftId>,
    /// The run whose output it was shown; `None` if there was none.
    pub run_id: Option<RunId>,
    /// Who asked for it.
    pub author: String,
    /// The alignment model.
    pub model: ModelRef,
    /// The feedback it answers.
    pub feedback: Vec<Feedback>,
    /// The guidelines it follows, as they were when it was asked for; none in the direct workflow.
    #[serde(default)]
    pub guidelines: Vec<DraftGuideline>,
    /// How far it is.
    pub state: DraftState,
    /// What it waits for while nothing of the reply has arrived; never stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Waiting>,
    /// What has arrived of the model's reply to the last try, as it came.
    pub reply: String,
    /// How often the model was asked, 1 or 2; 0 where the answer was known.
    pub tries: u8,
    /// What it proposes, once the reply was read.
    pub proposal: Option<Proposal>,
    /// The proposal as a person edited it.
    pub edited: Option<Prompt>,
    /// The changes that a person left out, in order: places from 0 among the changes between the base
    /// and [`Draft::text`], see [`crate::direct::chosen`].
    #[serde(default)]
    pub left_out: Vec<u32>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// Tokens of all tries, where the provider counts them.
    pub usage: Option<Usage>,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// Milliseconds from the start to the end.
    pub duration_ms: Option<u32>,
}

impl Draft {
    /// What it was made from.
    pub fn workflow(&self) -> Workflow {
        if self.guidelines.is_empty() { Workflow::Direct } else { Workflow::Guidelines }
    }

    /// Whether it was made from these words, typed in the Feedback box.
    pub fn is_from_box(&self, typed: &str) -> bool {
        self.feedback.contains(&Feedback::whole(typed.trim()))
    }

    /// The complete text: the person's edit, else the proposal. Accept takes it without the changes
    /// that were left out.
    pub fn text(&self) -> Option<&Prompt> {
        self.edited.as_ref().or_else(|| self.proposal.as_ref().map(|proposal| &proposal.prompt))
    }
}
