//! Answers to requests that never reach a handler: a sentence and a next step.

use app::{AppError, ErrorKind};
use axum::Json;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why a request is not served.
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    /// One sentence naming the cause.
    pub(super) message: String,
    /// One sentence naming the next step.
    pub(super) hint: String,
}

impl Refusal {
    /// As the caller can read it: our own pages get the error that server functions answer with,
    /// everyone else plain text.
    pub(super) fn answer(self, request: &Request) -> Response {
        let is_command = request.uri().path().starts_with("/api/") && request.method() == "POST";
        if is_command {
            let error = AppError::new(ErrorKind::Invalid, self.message, self.hint);
            return (self.status, Json(error)).into_response();
        }
        self.text()
    }

    /// As plain text.
    pub(super) fn text(self) -> Response {
        (self.status, format!("{} {}\n", self.message, self.hint)).into_response()
    }
}
