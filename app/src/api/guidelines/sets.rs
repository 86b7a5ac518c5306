//! Guideline sets: lists under a name, for other prompts.

use align::record::{Guideline, GuidelineSet, GuidelineSetId, PromptId, Replace};
use leptos::prelude::*;

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// Every set with the prompts that use it, by name.
#[server(endpoint = "sets/list", protocol = Post)]
pub async fn guideline_sets() -> Result<Vec<GuidelineSet>, AppError> {
    answer(studio()?.guideline_sets().await)
}

/// Saves the guidelines of a prompt as a set; answers all sets. A name that is taken is a conflict
/// unless that set is to be replaced.
#[server(endpoint = "sets/save", protocol = Post)]
pub async fn save_guideline_set(
    name: String,
    prompt_id: PromptId,
    replace: Replace,
) -> Result<Vec<GuidelineSet>, AppError> {
    answer(studio()?.save_guideline_set(&name, prompt_id, replace).await)
}

/// Adds the guidelines of a set to a prompt, except those that it has; answers the prompt's list.
#[server(endpoint = "sets/apply", protocol = Post)]
pub async fn apply_guideline_set(
    id: GuidelineSetId,
    prompt_id: PromptId,
) -> Result<Vec<Guideline>, AppError> {
    answer(studio()?.apply_guideline_set(id, prompt_id).await)
}

/// Deletes a set; guidelines that came with it stay. Answers the other sets.
#[server(endpoint = "sets/delete", protocol = Post)]
pub async fn delete_guideline_set(id: GuidelineSetId) -> Result<Vec<GuidelineSet>, AppError> {
    answer(studio()?.delete_guideline_set(id).await)
}
