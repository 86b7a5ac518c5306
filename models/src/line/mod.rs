//! The line in front of a provider: at most so many calls at once. What a person waits for goes before
//! what runs in bulk; within each, who came first goes first.

mod state;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::call::Priority;
use state::State;

/// The line in front of one provider. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    state: Arc<Mutex<State>>,
}

/// A place in the line, and then the right to call. Dropping it lets the next one go on.
#[derive(Debug)]
pub(crate) struct Seat {
    line: Line,
    id: u64,
    priority: Priority,
    /// What a waiter is told; `None` for one that does not have to wait.
    place: Option<watch::Receiver<usize>>,
}

impl Line {
    /// A line for a provider that answers `at_once` calls at once, at least one.
    pub(crate) fn new(at_once: usize) -> Self {
        Self { state: Arc::new(Mutex::new(State::new(at_once.max(1)))) }
    }

    /// Takes a place behind everyone of this priority. Never waits itself.
    pub(crate) fn join(&self, priority: Priority) -> Seat {
        let (id, place) = self.state().join(priority);
        Seat { line: self.clone(), id, priority, place }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in a change can panic between its steps.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// The place in the line, from 1; `None` when it is its turn.
    pub(crate) fn place(&mut self) -> Option<usize> {
        Some(*self.place.as_mut()?.borrow_and_update()).filter(|place| *place > 0)
    }

    /// Completes when there is a new place to tell.
    pub(crate) async fn moved(&mut self) {
        if let Some(place) = &mut self.place {
            // The sender goes when it is this one's turn, which is the last change.
            let _ = place.changed().await;
        }
    }

    /// Begins a pause between two tries. The turn is kept: a provider that turned one call away is not
    /// asked by the next one instead. Only a call that a person waits for may take it from one in bulk.
    pub(crate) fn pause(&self) {
        if self.priority == Priority::Bulk {
            self.line.state().pause(self.id);
        }
    }

    /// Ends a pause. One whose turn was taken waits again, before all others of its priority that came
    /// after it.
    pub(crate) fn resume(&mut self) {
        if self.priority == Priority::Bulk {
            self.place = self.line.state().resume(self.id);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.line.state().leave(self.id, self.priority);
    }
}

#[cfg(test)]
mod tests;
