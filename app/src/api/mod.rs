//! Server functions: what a page can ask of the server. Each is an adapter of a few lines to one
//! use case of `service`; changes come back as events.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

mod connections;
mod consultations;
mod drafts;
mod feedback;
mod guidelines;
mod models;
mod post;
mod prompts;
mod runs;
mod versions;
mod workbench;

pub use connections::*;
pub use consultations::*;
pub use drafts::*;
pub use feedback::*;
pub use guidelines::*;
pub use models::*;
pub use prompts::*;
pub use runs::*;
pub use versions::*;
pub use workbench::*;

/// The use cases as the caller of this request may use them; the server provided them.
#[cfg(feature = "ssr")]
fn studio() -> Result<service::UseCases, crate::AppError> {
    use leptos::prelude::use_context;
    use_context().ok_or_else(|| {
        crate::AppError::new(
            crate::ErrorKind::Internal,
            "The server is not set up completely.",
            "Tell whoever runs it: no studio was provided to a request.",
        )
    })
}

/// Turns the outcome of a use case into an answer, with the HTTP status that says the same.
#[cfg(feature = "ssr")]
fn answer<T>(outcome: Result<T, service::ServiceError>) -> Result<T, crate::AppError> {
    outcome.map_err(|error| {
        let error = crate::AppError::from(error);
        error.kind.tell_status();
        error
    })
}
