//! Pieces of feedback kept beside a run.

use align::Feedback;
use align::record::{FeedbackId, PlacedFeedback, RunId};
use leptos::prelude::*;

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// Keeps a piece of feedback on a run.
#[server(endpoint = "feedback/add", protocol = Post)]
pub async fn add_feedback(run_id: RunId, feedback: Feedback) -> Result<PlacedFeedback, AppError> {
    answer(studio()?.add_feedback(run_id, &feedback).await)
}

/// Changes what a piece of feedback says from `before`.
#[server(endpoint = "feedback/change", protocol = Post)]
pub async fn change_feedback(
    id: FeedbackId,
    before: String,
    text: String,
) -> Result<PlacedFeedback, AppError> {
    answer(studio()?.change_feedback(id, &before, &text).await)
}

/// Removes a piece of feedback.
#[server(endpoint = "feedback/remove", protocol = Post)]
pub async fn remove_feedback(id: FeedbackId) -> Result<(), AppError> {
    answer(studio()?.remove_feedback(id).await)
}
