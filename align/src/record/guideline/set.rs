//! Guideline sets: guidelines under a name, for other prompts.

use serde::{Deserialize, Serialize};

use crate::record::{PromptId, Timestamp, id};

id! {
    /// Identifies a guideline set.
    GuidelineSetId
}

/// One set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidelineSet {
    /// Its identifier.
    pub id: GuidelineSetId,
    /// Its name; unique but for case.
    pub name: String,
    /// What its guidelines say, in order.
    pub texts: Vec<String>,
    /// Who saved it last.
    pub author: String,
    /// When it was saved first.
    pub created_at: Timestamp,
    /// When it was saved last.
    pub updated_at: Timestamp,
    /// The prompts with guidelines from it, by title.
    pub used_by: Vec<SetUse>,
}

/// A prompt that uses a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUse {
    /// The prompt.
    pub prompt_id: PromptId,
    /// Its title.
    pub title: String,
}

/// What to do when a set of the name exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Replace {
    /// Keep it and say so.
    #[default]
    Never,
    /// Put the new one in its place.
    Existing,
}
