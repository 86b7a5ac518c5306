//! Drafts as they stream in.

use std::time::Duration;

use align::record::{DraftId, DraftState, Waiting};
use leptos::prelude::*;

use super::RefineState;
use crate::state::delta::append;

/// How long what arrives is gathered before it is shown: a frame of most screens.
const FRAME: Duration = Duration::from_millis(16);

impl RefineState {
    /// Shows what a draft waits for.
    pub(crate) fn wait_draft(self, id: DraftId, waiting: Option<Waiting>) {
        self.set_drafts.update(|drafts| {
            let draft = drafts.iter_mut().find(|draft| draft.id == id);
            if let Some(draft) = draft.filter(|draft| draft.state == DraftState::Drafting) {
                draft.waiting = waiting;
            }
        });
    }

    /// Adds what arrived of the reply that becomes a draft.
    pub(crate) fn take_reply(self, id: DraftId, tries: u8, offset: u64, text: &str) {
        self.set_drafts.update_untracked(|drafts| {
            let Some(draft) = drafts.iter_mut().find(|draft| draft.id == id) else { return };
            if draft.tries != tries {
                draft.tries = tries;
                draft.reply.clear();
            }
            append(&mut draft.reply, offset, text);
        });
        if !self.has_arrived.get_value() {
            self.has_arrived.set_value(true);
            set_timeout(move || self.show_now(), FRAME);
        }
    }

    /// Shows what arrived, unless it is shown already: no state may be told before its text.
    pub(crate) fn show_now(self) {
        if self.has_arrived.try_get_value() == Some(true) {
            self.has_arrived.set_value(false);
            self.set_drafts.notify();
        }
    }
}
