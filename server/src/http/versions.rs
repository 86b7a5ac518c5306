//! Versions for programs that use a prompt: `GET /api/prompts/{id}/versions/newest`.

use align::record::{PromptId, Version};
use app::{AppError, ErrorKind};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use super::AppState;

/// Answers the newest version with its text; errors look like those of every other command.
pub(super) async fn newest(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Version>, (StatusCode, Json<AppError>)> {
    let id: PromptId = id.parse().map_err(|_| refused(unreadable(&id)))?;
    let newest = state.use_cases().newest_version(id).await;
    newest.map(Json).map_err(|error| refused(error.into()))
}

fn unreadable(id: &str) -> AppError {
    let message = format!("“{id}” is not the number of a prompt.");
    AppError::new(ErrorKind::NotFound, message, "The address of its workbench ends in it.")
}

fn refused(error: AppError) -> (StatusCode, Json<AppError>) {
    (error.kind.status(), Json(error))
}
