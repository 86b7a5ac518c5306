//! Drafting rewrites and deciding on them.

use align::Feedback;
use align::model::ModelRef;
use align::prompt::Prompt;
use align::record::{Draft, DraftId, FeedbackId, PromptId, RunId, Version, VersionNumber};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{LOCAL_AUTHOR, answer, studio};

/// What a draft is made from, besides the prompt's own history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftOrder {
    /// The prompt.
    pub prompt_id: PromptId,
    /// What is typed; saved as a version first where it differs from the newest.
    pub prompt: Prompt,
    /// The version the typing started from.
    pub base: Option<VersionNumber>,
    /// The run whose output the feedback is about.
    pub run_id: Option<RunId>,
    /// Kept pieces of feedback to answer.
    pub pieces: Vec<FeedbackId>,
    /// Further feedback: what stands in the box.
    pub feedback: Vec<Feedback>,
    /// The alignment model; `None` for the preferred one.
    pub alignment_model: Option<ModelRef>,
}

/// Asks the alignment model for a rewrite; it comes as events.
#[server(endpoint = "drafts/start", protocol = Post)]
pub async fn start_draft(order: DraftOrder) -> Result<Draft, AppError> {
    let DraftOrder { prompt_id, prompt, base, run_id, pieces, feedback, alignment_model } = order;
    let start =
        service::StartDraft { prompt_id, prompt, base, run_id, pieces, feedback, alignment_model };
    answer(studio()?.start_draft(LOCAL_AUTHOR, start).await)
}

/// Stops a draft that is being written.
#[server(endpoint = "drafts/stop", protocol = Post)]
pub async fn stop_draft(id: DraftId) -> Result<(), AppError> {
    answer(studio()?.stop_draft(id).await)
}

/// Keeps a person's edit of a draft; `None` goes back to the proposal.
#[server(endpoint = "drafts/edit", protocol = Post)]
pub async fn edit_draft(id: DraftId, prompt: Option<Prompt>) -> Result<Draft, AppError> {
    answer(studio()?.edit_draft(id, prompt).await)
}

/// Says no to a draft; it stays in the history.
#[server(endpoint = "drafts/reject", protocol = Post)]
pub async fn reject_draft(id: DraftId) -> Result<Draft, AppError> {
    answer(studio()?.reject_draft(id).await)
}

/// Makes a draft the newest version. `unsaved` is what was typed beside it and becomes a version of
/// its own first; `confirmed` says that the person saw the findings.
#[server(endpoint = "drafts/accept", protocol = Post)]
pub async fn accept_draft(
    id: DraftId,
    unsaved: Option<Prompt>,
    confirmed: bool,
) -> Result<Version, AppError> {
    let accept = service::AcceptDraft { draft_id: id, unsaved, confirmed };
    Ok(answer(studio()?.accept_draft(LOCAL_AUTHOR, accept).await)?.version)
}

/// Every draft made on a version, oldest first.
#[server(endpoint = "drafts/list", protocol = Post)]
pub async fn drafts_of_version(
    id: PromptId,
    number: VersionNumber,
) -> Result<Vec<Draft>, AppError> {
    answer(studio()?.drafts_of_version(id, number).await)
}
