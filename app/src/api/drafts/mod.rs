//! Drafting rewrites and deciding on them.

use align::prompt::Prompt;
use align::record::{Draft, DraftId, DraftOrder, PromptId, SeenText, Version, VersionNumber};
use leptos::prelude::*;

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// Asks the alignment model for one rewrite or several; they come as events.
#[server(endpoint = "drafts/start", protocol = Post)]
pub async fn start_draft(order: DraftOrder) -> Result<Vec<Draft>, AppError> {
    answer(studio()?.start_draft(order).await)
}

/// Stops a draft that is being written.
#[server(endpoint = "drafts/stop", protocol = Post)]
pub async fn stop_draft(id: DraftId) -> Result<(), AppError> {
    answer(studio()?.stop_draft(id).await)
}

/// Keeps a person's edit of a draft that said `known`; `None` goes back to the proposal.
#[server(endpoint = "drafts/edit", protocol = Post)]
pub async fn edit_draft(
    id: DraftId,
    known: Prompt,
    prompt: Option<Prompt>,
) -> Result<Draft, AppError> {
    answer(studio()?.edit_draft(id, &known, prompt).await)
}

/// Keeps which changes of a draft are left out: places from 0 among the changes of its system
/// instructions, then of its text.
#[server(endpoint = "drafts/hunks", protocol = Post)]
pub async fn choose_hunks(id: DraftId, left_out: Vec<u32>) -> Result<Draft, AppError> {
    answer(studio()?.choose_hunks(id, left_out).await)
}

/// Says no to a draft; it stays in the history.
#[server(endpoint = "drafts/reject", protocol = Post)]
pub async fn reject_draft(id: DraftId) -> Result<Draft, AppError> {
    answer(studio()?.reject_draft(id).await)
}

/// Makes a draft the newest version. `seen` is what is typed beside it; what of it is nowhere saved
/// becomes a version first. `confirmed` says that the person saw the findings.
#[server(endpoint = "drafts/accept", protocol = Post)]
pub async fn accept_draft(
    id: DraftId,
    seen: Option<SeenText>,
    confirmed: bool,
) -> Result<Version, AppError> {
    let accept = service::AcceptDraft { draft_id: id, seen, confirmed };
    Ok(answer(studio()?.accept_draft(accept).await)?.version)
}

/// Every draft made on a version, oldest first.
#[server(endpoint = "drafts/list", protocol = Post)]
pub async fn drafts_of_version(
    id: PromptId,
    number: VersionNumber,
) -> Result<Vec<Draft>, AppError> {
    answer(studio()?.drafts_of_version(id, number).await)
}
