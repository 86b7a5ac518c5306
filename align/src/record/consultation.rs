//! Consultations: what the alignment model was asked about a run, and what it answered.

use serde::{Deserialize, Serialize};

use super::{GuidelineId, PromptId, RunId, Timestamp, Waiting, id};
use crate::direct::Finding;
use crate::feedback::Feedback;
use crate::guidelines::{self, Tone};
use crate::model::{Failure, ModelRef, Usage};

id! {
    /// Identifies a consultation.
    ConsultationId
}

/// What a person gives to learn from, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// What is wrong with the output.
    Critique(Feedback),
    /// What is good about the output and must stay.
    Kudos(Feedback),
    /// The output as the person corrected it.
    CorrectedOutput(String),
}

/// Which kind of evidence it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// What is wrong with the output.
    Critique,
    /// What is good about the output.
    Kudos,
    /// The output as the person corrected it.
    CorrectedOutput,
}

impl Evidence {
    /// Which kind it is.
    pub fn kind(&self) -> EvidenceKind {
        match self {
            Self::Critique(_) => EvidenceKind::Critique,
            Self::Kudos(_) => EvidenceKind::Kudos,
            Self::CorrectedOutput(_) => EvidenceKind::CorrectedOutput,
        }
    }

    /// The person's words, or the output as they corrected it.
    pub fn said(&self) -> &str {
        match self {
            Self::Critique(feedback) | Self::Kudos(feedback) => &feedback.text,
            Self::CorrectedOutput(text) => text,
        }
    }

    /// The same as a request takes it.
    pub fn to_distil(&self) -> guidelines::Evidence<'_> {
        match self {
            Self::Critique(feedback) => guidelines::Evidence::Critique(feedback),
            Self::Kudos(feedback) => guidelines::Evidence::Kudos(feedback),
            Self::CorrectedOutput(text) => guidelines::Evidence::CorrectedOutput(text),
        }
    }
}

/// What the alignment model is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// What this means for the guidelines.
    Distil {
        /// What the person gave.
        evidence: Evidence,
    },
    /// For statements that a person can take up instead of typing.
    Suggest {
        /// What kind of statements.
        tone: Tone,
    },
}

/// What it answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A guideline, which was added.
    Add {
        /// The guideline.
        guideline_id: GuidelineId,
        /// What it said when it was added.
        text: String,
        /// Why, in a sentence; may be empty.
        reason: String,
        /// Words copied out of the run.
        findings: Vec<Finding>,
    },
    /// A proposal: let a guideline say something else.
    Edit {
        /// The guideline.
        guideline_id: GuidelineId,
        /// What it said when the model was asked.
        before: String,
        /// What it is to say.
        after: String,
        /// Why, in a sentence; may be empty.
        reason: String,
        /// Words copied out of the run.
        findings: Vec<Finding>,
    },
    /// A proposal: remove a guideline.
    Remove {
        /// The guideline.
        guideline_id: GuidelineId,
        /// What it said when the model was asked.
        before: String,
        /// Why, in a sentence; may be empty.
        reason: String,
    },
    /// Nothing changes.
    Nothing {
        /// Why, in a sentence; may be empty.
        reason: String,
    },
    /// At most three statements to take up.
    Suggestions(Vec<String>),
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
