//! Editing a draft by hand: kept in the browser at once, on the server after a pause and before anything
//! is decided. Nobody writes over what another page made of the draft.

mod event;
#[cfg(test)]
mod property;
mod step;
#[cfg(test)]
mod tests;

use align::Prompt;
use align::record::DraftId;
use serde::{Deserialize, Serialize};

pub(crate) use event::{Effect, Event, Notice};

use super::Turn;
use crate::error::AppError;

/// A draft that is being edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Edit {
    /// Which draft.
    pub(crate) id: DraftId,
    /// What the server holds, as far as this page took part in it.
    pub(crate) known: Prompt,
    /// What stands in the text boxes.
    pub(crate) typed: Prompt,
}

/// The edit of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DraftEditing {
    edit: Option<Edit>,
    /// What was typed into drafts that were decided on meanwhile, oldest first.
    left_over: Vec<Edit>,
    phase: Phase,
    /// What was sent and not answered: the server may have taken it.
    sent: Option<Prompt>,
    /// What the draft became while an answer was waited for.
    heard: Option<Heard>,
    /// Whether a command waits for the server to have what is typed.
    is_flushing: bool,
    /// Why the server did not take the last edit.
    refused: Option<AppError>,
    turn: Turn,
}

/// What an edit waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Phase {
    /// For nothing: nothing typed is missing on the server.
    Quiet,
    /// For a pause in the typing, or until it is time for another try.
    Pausing,
    /// For the answer of the server.
    Sending,
    /// For a person to choose between what is typed here and this text of another page.
    Asking(Prompt),
}

/// A draft as the server holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heard {
    /// Which draft.
    pub(crate) id: DraftId,
    /// What it says.
    pub(crate) text: Prompt,
    /// Whether it can still be edited.
    pub(crate) is_ready: bool,
}

impl DraftEditing {
    /// Nothing is edited.
    pub(crate) fn new() -> Self {
        Self {
            edit: None,
            left_over: Vec::new(),
            phase: Phase::Quiet,
            sent: None,
            heard: None,
            is_flushing: false,
            refused: None,
            turn: 0,
        }
    }

    /// The draft that is being edited, with the text as typed.
    pub(crate) fn edit(&self) -> Option<&Edit> {
        self.edit.as_ref()
    }

    /// What was typed into a draft that was decided on meanwhile.
    pub(crate) fn left_over(&self) -> Option<&Edit> {
        self.left_over.first()
    }

    /// What another page made of the draft, while a person has to choose.
    pub(crate) fn elsewhere(&self) -> Option<&Prompt> {
        match &self.phase {
            Phase::Asking(theirs) => Some(theirs),
            _ => None,
        }
    }
}
