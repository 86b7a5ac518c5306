//! What the alignment model can be asked about.

use align::record::{Evidence, Run, RunState};

use super::{MAX_OUTPUT_BYTES, feedback, no_null};
use crate::error::ServiceError;

/// A run with an output to talk about.
pub(crate) fn answered(run: &Run) -> Result<(), ServiceError> {
    if run.state == RunState::Running {
        return Err(ServiceError::conflict(
            "The run goes on; its output is not complete.",
            "Wait until it is, or stop it.",
        ));
    }
    if run.output.trim().is_empty() {
        return Err(ServiceError::invalid(
            "This run has no output to learn from.",
            "Run the prompt again, then say what is good or wrong about the output.",
        ));
    }
    Ok(())
}

/// What a guideline is distilled from.
pub(crate) fn evidence(evidence: &Evidence, output: &str) -> Result<(), ServiceError> {
    match evidence {
        Evidence::Critique(said) | Evidence::Kudos(said) => feedback(said),
        Evidence::CorrectedOutput(corrected) => corrected_output(corrected, output),
    }
}

fn corrected_output(corrected: &str, output: &str) -> Result<(), ServiceError> {
    correction_size(corrected)?;
    let (message, hint) = if corrected.trim().is_empty() {
        ("The corrected output is empty.", "Write the output as it should have been.")
    } else if corrected.trim() == output.trim() {
        (
            "The corrected output is the same as the output.",
            "Change what should have been different, then learn from it.",
        )
    } else {
        return Ok(());
    };
    Err(ServiceError::invalid(message, hint))
}

/// A corrected output, also while it is typed.
pub(super) fn correction_size(corrected: &str) -> Result<(), ServiceError> {
    no_null("The corrected output", &[corrected])?;
    if corrected.len() > MAX_OUTPUT_BYTES {
        return Err(ServiceError::invalid(
            "The corrected output is longer than 4 MB.",
            "Shorten it.",
        ));
    }
    Ok(())
}
