//! Running what a person asked for.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::PageState;
use crate::error::AppError;

impl PageState {
    /// Runs `command` unless the same `action` is in flight already: a double click is one click.
    pub(crate) fn once(
        self,
        action: &'static str,
        command: impl Future<Output = Result<(), AppError>> + 'static,
    ) {
        let in_flight = self.signals().in_flight;
        if in_flight.try_update(|actions| actions.insert(action)) != Some(true) {
            return;
        }
        self.command(async move {
            let outcome = command.await;
            in_flight.try_update(|actions| actions.remove(action));
            outcome
        });
    }

    /// Runs one command; its error is shown, and nothing else of the state changes.
    pub(crate) fn command(self, command: impl Future<Output = Result<(), AppError>> + 'static) {
        self.clear_error();
        spawn_local(async move {
            if let Err(error) = command.await {
                self.fail(error);
            }
        });
    }

    /// Follows which actions are in flight.
    pub(crate) fn track_commands(self) {
        self.signals().in_flight.track();
    }

    /// Controls were replaced by something that is no part of the state.
    pub(crate) fn controls_changed(self) {
        self.signals().in_flight.notify();
    }
}
