//! What a prompt is apart from its text.

use serde::{Deserialize, Serialize};

use crate::model::{ModelRef, Settings};
use crate::record::{ModelChoice, id};

id! {
    /// Identifies a prompt; the number in its address `/prompts/{id}`.
    PromptId
}

/// What a prompt is apart from its text: title, tags, models and settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PromptHead {
    /// Its identifier.
    pub id: PromptId,
    /// Its title; never empty.
    pub title: String,
    /// Its tags, sorted, each once.
    pub tags: Vec<String>,
    /// The models it is used with and their settings.
    pub models: PromptModels,
}

/// The two roles and the settings of runs, remembered per prompt.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromptModels {
    /// The target model; `None` until a person chose one, then the preferred model is used.
    pub model: Option<ModelRef>,
    /// The alignment model; `None` likewise.
    pub alignment_model: Option<ModelRef>,
    /// Settings of runs. Drafts use the alignment model's own defaults.
    pub settings: Settings,
}

impl PromptModels {
    /// What a version remembers of them: the alignment model has no part in what a run answers.
    pub fn choice(&self) -> ModelChoice {
        ModelChoice { model: self.model.clone(), settings: self.settings.clone() }
    }
}
