//! Keeping what is typed: at once in the browser, after a pause on the server, and never at the cost
//! of what another page saved.

mod event;
#[cfg(test)]
mod property;
mod step;
#[cfg(test)]
mod tests;

pub(crate) use event::{Effect, Event, Kept, Notice};

use super::Turn;
use super::merge::{Merged, Payload};
use crate::error::AppError;

/// The typing of one page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Typing<T: Payload> {
    /// What stands in the boxes.
    here: T,
    /// What the server confirmed last; `None` if what stands here started from something unknown.
    saved: Option<T>,
    /// The revision of `saved`.
    revision: u64,
    /// The highest revision that an event told of.
    heard: u64,
    /// Whether a version took the place of what was saved. The server may have put it into its own
    /// copy, or go on with another text.
    is_replaced: bool,
    /// What was sent and not answered: the server may have taken it.
    sent: Option<T>,
    phase: Phase<T>,
    /// The number of what is waited for.
    turn: Turn,
    /// Why the server did not take the last save.
    refused: Option<AppError>,
    /// Whether the last save did not reach the server.
    is_unreached: bool,
    /// What other pages of this browser left behind, to be looked at once this page is quiet.
    left_behind: Vec<Kept<T>>,
}

/// What a page waits for.
#[derive(Clone, Debug, PartialEq)]
enum Phase<T: Payload> {
    /// For nothing: the server has what is typed.
    Quiet,
    /// For what another page saved.
    Following,
    /// For a pause in the typing, or until it is time for another try.
    Pausing,
    /// For the answer to a save.
    Sending,
    /// For what another page saved first.
    Meeting,
    /// For other text: the server will never take this one as it is.
    Unfit(T),
    /// For a person to choose between what is typed here and what another page saved.
    Asking(Other<T>),
    /// For the server to keep the text that was not chosen as a version.
    KeepingVersion {
        other: Other<T>,
        /// What was typed when the person chose.
        seen: T,
        /// What replaces it.
        chosen: T,
    },
}

/// What another page saved.
#[derive(Clone, Debug, PartialEq)]
struct Other<T> {
    text: T,
    revision: u64,
}

impl<T: Payload> Typing<T> {
    /// A page that shows what the server holds.
    pub(crate) fn new(saved: T, revision: u64) -> Self {
        Self {
            here: saved.clone(),
            saved: Some(saved),
            revision,
            heard: revision,
            is_replaced: false,
            sent: None,
            phase: Phase::Quiet,
            turn: 0,
            refused: None,
            is_unreached: false,
            left_behind: Vec::new(),
        }
    }

    /// The newest save that this page knows of. What it sent and had no answer for is not among them.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether something typed is on its way to the server, or waits to be sent.
    pub(crate) fn is_saving(&self) -> bool {
        !matches!(self.phase, Phase::Quiet | Phase::Following | Phase::Asking(_))
    }

    /// Whether the last save did not reach the server.
    pub(crate) fn is_unreached(&self) -> bool {
        self.is_unreached
    }

    /// Whether the server did not take the last save: its disk is full, for example.
    pub(crate) fn is_refused(&self) -> bool {
        self.refused.is_some()
    }

    /// Both texts, while a person has to choose between what is typed here and what another page saved.
    pub(crate) fn question(&self) -> Option<Merged<T>> {
        match &self.phase {
            Phase::Asking(other) => Some(self.merged(other)),
            _ => None,
        }
    }

    /// Whether it is being decided which of two texts stays.
    pub(crate) fn is_deciding(&self) -> bool {
        matches!(self.phase, Phase::Asking(_) | Phase::KeepingVersion { .. })
    }

    fn merged(&self, other: &Other<T>) -> Merged<T> {
        T::merge(self.saved.as_ref(), &self.here, &other.text)
    }

    fn is_saved(&self) -> bool {
        self.saved.as_ref() == Some(&self.here)
    }
}
