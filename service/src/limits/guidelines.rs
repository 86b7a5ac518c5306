//! Limits of guidelines and of sets of them.

use align::record::{DraftGuideline, Guideline};

use super::{characters, no_null, one_line};
use crate::error::ServiceError;

/// Guidelines of one prompt.
pub(super) const MAX_GUIDELINES: usize = 100;
const MAX_GUIDELINE_CHARS: usize = 500;
const MAX_TYPED_BYTES: usize = 64 << 10;
const MAX_SET_NAME_CHARS: usize = 80;

/// What a guideline says: one paragraph, without characters that hide.
pub(crate) fn guideline(text: &str) -> Result<String, ServiceError> {
    let text = one_line(text);
    if text.is_empty() {
        return Err(ServiceError::invalid(
            "The guideline is empty.",
            "Say in a sentence what the prompt should follow.",
        ));
    }
    characters(&text, "The guideline", MAX_GUIDELINE_CHARS)?;
    Ok(text)
}

/// A guideline while it is typed; it may be empty, and too long to be added.
pub(super) fn typed_guideline(text: &str) -> Result<(), ServiceError> {
    no_null("The guideline", &[text])?;
    if text.len() > MAX_TYPED_BYTES {
        return Err(ServiceError::invalid(
            "The guideline is longer than 64 KB.",
            "Say it in a sentence.",
        ));
    }
    Ok(())
}

/// `more` guidelines beside those that a prompt has.
pub(crate) fn more_guidelines(known: usize, more: usize) -> Result<(), ServiceError> {
    if known + more > MAX_GUIDELINES {
        return Err(ServiceError::invalid(
            format!("This prompt has {known} guidelines; the limit is {MAX_GUIDELINES}."),
            "Remove some, or say in one what several say.",
        ));
    }
    Ok(())
}

/// The name of a guideline set.
pub(crate) fn set_name(name: &str) -> Result<String, ServiceError> {
    let name = one_line(name);
    if name.is_empty() {
        return Err(ServiceError::invalid("The set has no name.", "Give it one."));
    }
    characters(&name, "The name", MAX_SET_NAME_CHARS)?;
    Ok(name)
}

/// Guidelines to save as a set.
pub(crate) fn some_to_save(guidelines: &[Guideline]) -> Result<(), ServiceError> {
    if guidelines.is_empty() {
        return Err(ServiceError::invalid(
            "There are no guidelines to save.",
            "Add some to the prompt, then save them as a set.",
        ));
    }
    Ok(())
}

/// Guidelines to rewrite from.
pub(crate) fn some_guidelines(on: &[DraftGuideline]) -> Result<(), ServiceError> {
    if on.is_empty() {
        return Err(ServiceError::invalid(
            "No guideline is switched on, so there is nothing to rewrite from.",
            "Switch one on or add one, or draft from feedback.",
        ));
    }
    Ok(())
}
