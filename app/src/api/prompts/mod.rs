//! The list of prompts, and what can be done to a whole prompt.

use align::prompt::{Prompt, Values};
use align::record::{PromptHead, PromptId, PromptList, PromptModels, PromptQuery};
use leptos::prelude::*;

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// One page of the prompts that match.
#[server(endpoint = "prompts/list", protocol = Post)]
pub async fn list_prompts(query: PromptQuery) -> Result<PromptList, AppError> {
    answer(studio()?.list_prompts(&query).await)
}

/// Makes a prompt; one with text starts at version 1.
#[server(endpoint = "prompts/create", protocol = Post)]
pub async fn create_prompt(
    title: String,
    tags: Vec<String>,
    prompt: Option<Prompt>,
    values: Values,
    note: String,
) -> Result<PromptHead, AppError> {
    let new = service::CreatePrompt { title, tags, prompt, values, note };
    answer(studio()?.create_prompt(new).await)
}

/// Gives a prompt another title.
#[server(endpoint = "prompts/rename", protocol = Post)]
pub async fn rename_prompt(id: PromptId, title: String) -> Result<PromptHead, AppError> {
    answer(studio()?.rename_prompt(id, &title).await)
}

/// Replaces the tags of a prompt.
#[server(endpoint = "prompts/tag", protocol = Post)]
pub async fn set_tags(id: PromptId, tags: Vec<String>) -> Result<PromptHead, AppError> {
    answer(studio()?.set_tags(id, &tags).await)
}

/// Remembers models and settings for a prompt.
#[server(endpoint = "prompts/models", protocol = Post)]
pub async fn set_models(id: PromptId, models: PromptModels) -> Result<PromptHead, AppError> {
    answer(studio()?.set_models(id, models).await)
}

/// Copies a prompt: newest text, tags, models and values, not its history.
#[server(endpoint = "prompts/duplicate", protocol = Post)]
pub async fn duplicate_prompt(id: PromptId) -> Result<PromptHead, AppError> {
    answer(studio()?.duplicate_prompt(id).await)
}

/// Deletes a prompt; [`undelete_prompt`] brings it back.
#[server(endpoint = "prompts/delete", protocol = Post)]
pub async fn delete_prompt(id: PromptId) -> Result<(), AppError> {
    answer(studio()?.delete_prompt(id).await)
}

/// Brings a deleted prompt back.
#[server(endpoint = "prompts/undelete", protocol = Post)]
pub async fn undelete_prompt(id: PromptId) -> Result<PromptHead, AppError> {
    answer(studio()?.undelete_prompt(id).await)
}
