//! What the alignment model is asked in a consultation, and what it answers.

use serde::{Deserialize, Serialize};

use super::Evidence;
use crate::direct::Finding;
use crate::guidelines::Tone;
use crate::record::GuidelineId;

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
