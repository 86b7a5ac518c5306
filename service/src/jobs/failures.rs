//! What people read where an answer ends badly for reasons that no provider names.

use align::model::{Failure, FailureKind};
use store::StoreError;

use crate::limits::MAX_OUTPUT_BYTES;

/// The answer is longer than what is kept.
pub(super) fn too_long() -> Failure {
    Failure::new(
        FailureKind::InvalidRequest,
        format!("The answer passed {} MB and was stopped.", MAX_OUTPUT_BYTES >> 20),
        "Set Max output tokens, or ask for a shorter answer.",
    )
}

/// The stream ended without saying so.
pub(super) fn cut_short() -> Failure {
    Failure::new(
        FailureKind::CutShort,
        "The answer ended without its end marker.",
        "What had arrived is kept. Run again for the whole answer.",
    )
}

/// The end of the answer cannot be written down.
pub(super) fn not_saved(error: &StoreError) -> Failure {
    let because = match error {
        StoreError::Unavailable { obstacle, .. } => obstacle.to_string(),
        _ => "the database refuses it".to_owned(),
    };
    Failure::new(
        FailureKind::Provider,
        format!("This answer is not saved yet: {because}."),
        "It is saved by itself once that is over, as long as the server runs. Until then, \
            copy what you must not lose.",
    )
}

/// Our own code failed in the middle.
pub(super) fn our_fault() -> Failure {
    Failure::new(
        FailureKind::Provider,
        "Something went wrong inside Attune while the answer arrived.",
        "Try again; the log of the server says more.",
    )
}
