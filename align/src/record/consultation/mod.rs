//! Consultations: what the alignment model was asked about a run, and what it answered.

mod evidence;
mod question;

use serde::{Deserialize, Serialize};

pub use self::evidence::{Evidence, EvidenceKind};
pub use self::question::{Answer, Question};
use crate::model::{Failure, ModelRef, Usage};
use crate::record::{PromptId, RunId, Timestamp, Waiting, id};

id! {
    /// Identifies a consultation.
    ConsultationId
}

/// How far a consultation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsultationState {
    /// The alignment model is answering.
    Working,
    /// The answer waits: a proposal for a decision, anything else until it is dismissed.
    Ready,
    /// The answer was applied to the guidelines.
    Accepted,
    /// A person put it away.
    Dismissed,
    /// A person stopped it.
    Stopped,
    /// It failed; the failure says why.
    Failed,
    /// The server ended while the model answered.
    Interrupted,
}

/// One consultation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// Its identifier.
    pub id: ConsultationId,
    /// The prompt.
    pub prompt_id: PromptId,
    /// The run it is about.
    pub run_id: RunId,
    /// Who asked.
    pub author: String,
    /// The alignment model.
    pub model: ModelRef,
    /// What was asked; kept whatever happens, so that it can be asked again.
    pub question: Question,
    /// How far it is.
    pub state: ConsultationState,
    /// What the model answered, once the reply was read.
    pub answer: Option<Answer>,
    /// What it waits for while nothing of the reply has arrived; never stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Waiting>,
    /// How often the model was asked, 1 or 2.
    pub tries: u8,
    /// Tokens of all tries, where the provider counts them.
    pub usage: Option<Usage>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// When it was asked.
    pub started_at: Timestamp,
    /// Milliseconds from the start to the end.
    pub duration_ms: Option<u32>,
}

impl Consultation {
    /// Whether it asks a person to decide: a guideline is to be edited or removed.
    pub fn is_proposal(&self) -> bool {
        let is_change = matches!(self.answer, Some(Answer::Edit { .. } | Answer::Remove { .. }));
        is_change && self.state == ConsultationState::Ready
    }
}
