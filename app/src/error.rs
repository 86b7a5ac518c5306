//! The one error that reaches people: what went wrong, why, and what to do about it.

use align::direct::Finding;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// An error that is safe to show. Details went to the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct AppError {
    /// What kind it is.
    pub kind: ErrorKind,
    /// One sentence naming the cause.
    pub message: String,
    /// One sentence naming the next step; may be empty.
    pub hint: String,
    /// What a confirmation is needed for ([`ErrorKind::NeedsConfirmation`] only).
    pub findings: Vec<Finding>,
}

/// Kinds of errors, as far as a page treats them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// What was asked for does not exist (any more).
    NotFound,
    /// The caller may not do it.
    Forbidden,
    /// The input cannot be used as it is.
    Invalid,
    /// Somebody else was faster, or the order of things does not fit.
    Conflict,
    /// It can be done, but only after a person confirmed it.
    NeedsConfirmation,
    /// The server cannot do it now: disk full, database locked.
    Unavailable,
    /// The server cannot be reached.
    Offline,
    /// A fault of ours.
    Internal,
}

impl AppError {
    /// An error of `kind` with its sentence and next step.
    pub fn new(kind: ErrorKind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: hint.into(), findings: Vec::new() }
    }

    /// The server cannot be reached from this page.
    pub fn offline() -> Self {
        Self::new(
            ErrorKind::Offline,
            "The Attune server does not answer.",
            "What you typed is kept in this browser. Start the server again; this page reconnects by itself.",
        )
    }

    /// The page cannot read what the server sent.
    pub(crate) fn unreadable() -> Self {
        Self::new(
            ErrorKind::Internal,
            "The server's answer could not be read; it may have been updated.",
            "Reload the page. What you typed is kept.",
        )
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::offline(),
            // On the server it is the request that cannot be read, in the browser the answer.
            ServerFnErrorErr::Deserialization(_) if cfg!(not(feature = "ssr")) => {
                Self::unreadable()
            }
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => malformed(),
            _ => Self::new(
                ErrorKind::Internal,
                "Something went wrong inside Attune.",
                "Try again; the log of the server says more.",
            ),
        }
    }
}

fn malformed() -> AppError {
    let error = AppError::new(
        ErrorKind::Invalid,
        "The server could not read the request: it is malformed, larger than 8 MB, or took too long.",
        "Reload the page. What you typed is kept.",
    );
    #[cfg(feature = "ssr")]
    error.kind.tell_status();
    error
}

#[cfg(feature = "ssr")]
mod server {
    use http::StatusCode;
    use leptos::prelude::use_context;
    use service::ServiceError;

    use super::{AppError, ErrorKind};

    impl ErrorKind {
        /// Answers the current request, if there is one, with the status that says the same.
        pub(crate) fn tell_status(self) {
            if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
                response.set_status(self.status());
            }
        }

        /// The HTTP status that says the same.
        pub fn status(self) -> StatusCode {
            match self {
                Self::NotFound => StatusCode::NOT_FOUND,
                Self::Forbidden => StatusCode::FORBIDDEN,
                Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
                Self::Conflict | Self::NeedsConfirmation => StatusCode::CONFLICT,
                Self::Unavailable | Self::Offline => StatusCode::SERVICE_UNAVAILABLE,
                Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            }
        }
    }

    impl From<ServiceError> for AppError {
        fn from(error: ServiceError) -> Self {
            match error {
                ServiceError::NotFound { what } => Self::new(
                    ErrorKind::NotFound,
                    format!("This {what} does not exist any more."),
                    "Go back to the list of prompts.",
                ),
                ServiceError::Forbidden { .. } => Self::new(
                    ErrorKind::Forbidden,
                    error.to_string(),
                    "Ask whoever runs this server for the permission.",
                ),
                ServiceError::Invalid { message, hint } => {
                    Self::new(ErrorKind::Invalid, message, hint)
                }
                ServiceError::Conflict { message, hint } => {
                    Self::new(ErrorKind::Conflict, message, hint)
                }
                ServiceError::NeedsConfirmation { findings } => Self {
                    findings,
                    ..Self::new(
                        ErrorKind::NeedsConfirmation,
                        "This draft has findings that need your confirmation.",
                        "Read them, then accept anyway, edit the draft, or redraft.",
                    )
                },
                ServiceError::Unavailable { message, hint, source } => {
                    let cause = std::error::Error::source(&source);
                    tracing::error!(error = %source, cause, "the store is not available");
                    Self::new(ErrorKind::Unavailable, message, hint)
                }
                ServiceError::Internal { source } => {
                    tracing::error!(error = %source, "a use case failed");
                    Self::new(
                        ErrorKind::Internal,
                        "Something went wrong inside Attune.",
                        "Try again; the log of the server says more.",
                    )
                }
            }
        }
    }
}
