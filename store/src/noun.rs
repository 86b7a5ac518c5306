//! What an error of the store is about.

use std::fmt;

use align::record::{
    ConnectionId, ConsultationId, DraftId, FeedbackId, GuidelineChangeId, GuidelineId,
    GuidelineSetId, PromptId, RunId, VersionNumber,
};

/// A thing that a call names, with its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Noun {
    /// A prompt.
    Prompt(PromptId),
    /// A version of a prompt.
    Version(PromptId, VersionNumber),
    /// A run.
    Run(RunId),
    /// A draft.
    Draft(DraftId),
    /// A kept piece of feedback.
    Feedback(FeedbackId),
    /// A guideline.
    Guideline(GuidelineId),
    /// An entry of the ledger of guidelines.
    GuidelineChange(GuidelineChangeId),
    /// A guideline set.
    GuidelineSet(GuidelineSetId),
    /// A consultation.
    Consultation(ConsultationId),
    /// A connection to a provider of models.
    Connection(ConnectionId),
}

impl Noun {
    /// What people call it, without its key.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prompt(_) => "prompt",
            Self::Version(..) => "version",
            Self::Run(_) => "run",
            Self::Draft(_) => "draft",
            Self::Feedback(_) => "feedback",
            Self::Guideline(_) => "guideline",
            Self::GuidelineChange(_) => "change",
            Self::GuidelineSet(_) => "set",
            Self::Consultation(_) => "proposal",
            Self::Connection(_) => "connection",
        }
    }
}

/// For logs, with the key: `version 2 of prompt 3`.
impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.name())?;
        match self {
            Self::Prompt(id) => id.fmt(f),
            Self::Version(prompt, number) => write!(f, "{number} of prompt {prompt}"),
            Self::Run(id) => id.fmt(f),
            Self::Draft(id) => id.fmt(f),
            Self::Feedback(id) => id.fmt(f),
            Self::Guideline(id) => id.fmt(f),
            Self::GuidelineChange(id) => id.fmt(f),
            Self::GuidelineSet(id) => id.fmt(f),
            Self::Consultation(id) => id.fmt(f),
            Self::Connection(id) => id.fmt(f),
        }
    }
}
