//! The output as it streams in.

use std::time::Duration;

use align::record::{Run, RunId, RunState, Waiting};
use leptos::prelude::*;

use super::{OutputState, split};
use crate::state::delta::append;

/// How long what arrives is gathered before it is shown: a frame of most screens. A timer, because
/// pages behind others are not given frames.
const FRAME: Duration = Duration::from_millis(16);

/// Whether a run came into the place of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// It did.
    NewRun,
    /// The same run is shown as before.
    SameRun,
}

impl OutputState {
    /// Shows a run that started, or the new state of the shown one.
    pub(crate) fn take_run(self, run: Run) -> Shown {
        let shown = self.run.get_untracked();
        let mut is_new = Shown::SameRun;
        match shown {
            Some(shown) if shown.id > run.id => return Shown::SameRun,
            Some(shown) if shown.id < run.id => {
                let output = self.text.get_untracked();
                if shown.version < run.version && !output.is_empty() {
                    self.set_before.set(Some(Run { output, ..shown }));
                }
                is_new = Shown::NewRun;
            }
            _ => {}
        }
        let (run, output, thoughts) = split(Some(run));
        for (shown, set, new) in
            [(self.text, self.set_text, output), (self.thoughts, self.set_thoughts, thoughts)]
        {
            if shown.with_untracked(|shown| *shown != new) {
                set.set(new);
            }
        }
        self.set_run.set(run);
        is_new
    }

    /// Shows what a run waits for.
    pub(crate) fn wait_run(self, id: RunId, waiting: Option<Waiting>) {
        self.set_run.update(|run| {
            if let Some(run) = run.as_mut().filter(|run| is_waiting(run, id)) {
                run.waiting = waiting;
            }
        });
    }

    /// Adds what arrived of the output of the shown run.
    pub(crate) fn take_text(self, id: RunId, offset: u64, text: &str, first_token_ms: u32) {
        let shown =
            self.run.with_untracked(|run| run.as_ref().map(|run| (run.id, run.first_token_ms)));
        let Some((_, first)) = shown.filter(|(shown, _)| *shown == id) else { return };
        if first.is_none() {
            self.set_run.update(|run| {
                if let Some(run) = run {
                    run.first_token_ms = Some(first_token_ms);
                }
            });
        }
        self.set_text.update_untracked(|output| append(output, offset, text));
        self.show_soon();
    }

    /// Adds what arrived of the thoughts behind the output of the shown run.
    pub(crate) fn take_thought(self, id: RunId, offset: u64, text: &str) {
        if untrack(|| self.run_id()) != Some(id) {
            return;
        }
        self.set_thoughts.update_untracked(|thoughts| append(thoughts, offset, text));
        self.show_soon();
    }

    /// Shows what arrived a frame later. Models send faster than anybody sees, and a long table or
    /// list takes a while to show: shown once for each delta, it would fall behind.
    fn show_soon(self) {
        if self.has_arrived.get_value() {
            return;
        }
        self.has_arrived.set_value(true);
        set_timeout(move || self.show_now(), FRAME);
    }

    /// Shows what arrived, unless it is shown already: no state may be told before its text.
    pub(crate) fn show_now(self) {
        if self.has_arrived.try_get_value() == Some(true) {
            self.has_arrived.set_value(false);
            self.set_thoughts.notify();
            self.set_text.notify();
        }
    }
}

/// Whether a word on waiting is news to this run: not after its end, when events come again.
fn is_waiting(run: &Run, id: RunId) -> bool {
    run.id == id && run.state == RunState::Running
}
