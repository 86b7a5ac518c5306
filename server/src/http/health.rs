//! `/healthz`: whether the database answers.

use axum::extract::State;
use axum::http::StatusCode;

use super::AppState;

/// Answers 200 when the database answers, else 503.
pub(super) async fn check(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.studio.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
