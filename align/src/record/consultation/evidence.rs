//! What a person gives to learn from.

use serde::{Deserialize, Serialize};

use crate::feedback::Feedback;
use crate::guidelines;

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
