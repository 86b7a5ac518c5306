//! The workbench of one prompt: its snapshot and what is typed in it.

use align::record::{PromptId, Workbench, WorkingCopy};
use leptos::prelude::*;

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// Everything a workbench shows, and the place in the event stream from which to follow.
#[server(endpoint = "workbench/load", protocol = Post)]
pub async fn load_workbench(id: PromptId) -> Result<Workbench, AppError> {
    answer(studio()?.workbench(id).await)
}

/// What is typed, as it was saved last.
#[server(endpoint = "workbench/typed", protocol = Post)]
pub async fn load_working_copy(id: PromptId) -> Result<WorkingCopy, AppError> {
    answer(studio()?.working_copy(id).await)
}

/// Saves what is typed in the page that names itself `page`; answers the new revision, or `None` if
/// somebody else saved first: that is part of ordinary work, not an error.
#[server(endpoint = "workbench/type", protocol = Post)]
pub async fn save_working_copy(
    id: PromptId,
    page: String,
    copy: WorkingCopy,
) -> Result<Option<u64>, AppError> {
    match studio()?.save_working_copy(id, &page, copy).await {
        Err(service::ServiceError::Conflict { .. }) => Ok(None),
        outcome => answer(outcome).map(Some),
    }
}
