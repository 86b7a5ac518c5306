//! The history of a prompt.

use align::prompt::Prompt;
use align::record::{PromptId, SeenText, Version, VersionNumber, VersionSummary};
use leptos::prelude::*;

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// Saves what is typed as a version; answers the newest one if nothing changed.
#[server(endpoint = "versions/save", protocol = Post)]
pub async fn save_version(
    prompt_id: PromptId,
    prompt: Prompt,
    base: Option<VersionNumber>,
    note: String,
) -> Result<Version, AppError> {
    let save = service::SaveVersion { prompt_id, prompt, base, note };
    Ok(answer(studio()?.save_version(save).await)?.version)
}

/// Versions older than `before` (or the newest ones), newest first.
#[server(endpoint = "versions/list", protocol = Post)]
pub async fn list_versions(
    id: PromptId,
    before: Option<VersionNumber>,
    limit: u32,
) -> Result<Vec<VersionSummary>, AppError> {
    answer(studio()?.versions(id, before, limit).await)
}

/// One version with its text.
#[server(endpoint = "versions/get", protocol = Post)]
pub async fn get_version(id: PromptId, number: VersionNumber) -> Result<Version, AppError> {
    answer(studio()?.version(id, number).await)
}

/// Makes a new version with the text of an earlier one. `seen` is what is typed on the page, if it is a
/// page to type on; what of it is nowhere saved becomes a version first.
#[server(endpoint = "versions/restore", protocol = Post)]
pub async fn restore_version(
    id: PromptId,
    number: VersionNumber,
    seen: Option<SeenText>,
) -> Result<Version, AppError> {
    Ok(answer(studio()?.restore_version(id, number, seen).await)?.version)
}
