//! The guidelines of a prompt and the ledger of their changes. Each change answers the whole list, which
//! every page of the prompt gets as an event, too.

mod sets;

pub use sets::*;

use align::record::{Guideline, GuidelineChange, GuidelineChangeId, GuidelineId, PromptId};
use leptos::prelude::*;

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// Adds a guideline at the end of the list.
#[server(endpoint = "guidelines/add", protocol = Post)]
pub async fn add_guideline(id: PromptId, text: String) -> Result<Vec<Guideline>, AppError> {
    answer(studio()?.add_guideline(id, &text).await)
}

/// Lets a guideline that says `before` say something else.
#[server(endpoint = "guidelines/edit", protocol = Post)]
pub async fn edit_guideline(
    id: GuidelineId,
    before: String,
    text: String,
) -> Result<Vec<Guideline>, AppError> {
    answer(studio()?.edit_guideline(id, &before, &text).await)
}

/// Switches a guideline on or off.
#[server(endpoint = "guidelines/switch", protocol = Post)]
pub async fn switch_guideline(id: GuidelineId, is_on: bool) -> Result<Vec<Guideline>, AppError> {
    answer(studio()?.switch_guideline(id, is_on).await)
}

/// Moves a guideline to a place from 0; beyond the end is the end.
#[server(endpoint = "guidelines/move", protocol = Post)]
pub async fn move_guideline(id: GuidelineId, position: u32) -> Result<Vec<Guideline>, AppError> {
    answer(studio()?.move_guideline(id, position).await)
}

/// Takes a guideline out of the list.
#[server(endpoint = "guidelines/remove", protocol = Post)]
pub async fn remove_guideline(id: GuidelineId) -> Result<Vec<Guideline>, AppError> {
    answer(studio()?.remove_guideline(id).await)
}

/// Changes before `before` (or the newest ones), newest first, at most 100.
#[server(endpoint = "guidelines/changes", protocol = Post)]
pub async fn guideline_changes(
    id: PromptId,
    before: Option<GuidelineChangeId>,
) -> Result<Vec<GuidelineChange>, AppError> {
    answer(studio()?.guideline_changes(id, before).await)
}

/// Undoes a change by another; undoing a proposal that waits dismisses it.
#[server(endpoint = "guidelines/undo", protocol = Post)]
pub async fn undo_guideline_change(id: GuidelineChangeId) -> Result<Vec<Guideline>, AppError> {
    answer(studio()?.undo_guideline_change(id).await)
}
