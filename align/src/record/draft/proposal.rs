//! What the alignment model proposes in a draft, and what stands behind it.

use serde::{Deserialize, Serialize};

use crate::direct::Finding;
use crate::prompt::Prompt;
use crate::record::{Conflict, GuidelineId};

/// What the alignment model proposes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The complete revised prompt.
    pub prompt: Prompt,
    /// What the model found in the prompt before it rewrote it, in lines; empty if it did not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub diagnosis: String,
    /// Why it changed what it changed, in a sentence or two; may be empty.
    pub rationale: String,
    /// The model says that nothing needs to change.
    pub unchanged: bool,
    /// What the rewrite contract found.
    pub findings: Vec<Finding>,
    /// Which words follow which feedback or guideline, as far as the model said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traces: Vec<Trace>,
    /// Guidelines that cannot all be followed. Then the model may have written no rewrite.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// Words of a draft and what they follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// What they follow.
    pub source: Source,
    /// Words of the draft, or of its base where they were taken out.
    pub quote: String,
}

/// What stands behind a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A piece of the draft's feedback, by its place from 0.
    Feedback(u32),
    /// A guideline.
    Guideline(GuidelineId),
}
