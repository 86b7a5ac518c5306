//! Working on the list of guidelines.

use std::future::Future;

use align::record::{Guideline, GuidelineId, StartFrom};
use leptos::prelude::*;

use super::GuidelineState;
use crate::api;
use crate::browser;
use crate::browser::now_ms;
use crate::error::AppError;
use crate::state::WorkbenchState;

/// A double click must not remove the guideline that moves under the pointer.
const BETWEEN_REMOVALS_MS: u64 = 600;

impl GuidelineState {
    /// The guidelines of the prompt, in order.
    pub(crate) fn list(self) -> ReadSignal<Vec<Guideline>> {
        self.list
    }

    /// Shows a newer list of guidelines.
    pub(crate) fn take_guidelines(self, guidelines: Vec<Guideline>) {
        if self.list.with_untracked(|known| *known != guidelines) {
            self.set_list.set(guidelines);
        }
    }

    /// The guideline, while it is in the list.
    pub(crate) fn guideline(self, id: GuidelineId) -> Option<Guideline> {
        self.list.with(|all| all.iter().find(|known| known.id == id).cloned())
    }

    /// The place of a guideline in the list, from 1.
    pub(crate) fn place_of(self, id: GuidelineId) -> Option<usize> {
        let place = self.list.with(|all| all.iter().position(|known| known.id == id));
        place.map(|place| place + 1)
    }

    fn show_switch(self, id: GuidelineId, is_on: bool) {
        self.set_list.update(|all| {
            if let Some(guideline) = all.iter_mut().find(|known| known.id == id) {
                guideline.is_on = is_on;
            }
        });
    }
}

impl WorkbenchState {
    /// Asks the alignment model for rewrites that follow all guidelines that are switched on; a switch
    /// that is on its way comes first.
    pub(crate) fn rewrite(self, start: StartFrom, candidates: u8) {
        if self.guidelines.changes_on_their_way.get_value() > 0 {
            self.guidelines.rewrite_waits.set_value(Some((start, candidates)));
            return;
        }
        self.start_rewrite(start, candidates);
    }

    /// Adds what stands in the New guideline box.
    pub(crate) fn add_guideline(self) {
        let text = self.prompt.editor().guideline().get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        self.page.once("add guideline", async move {
            let list = api::add_guideline(self.page.id(), text.clone()).await?;
            if self.page.is_alive() {
                self.guidelines.take_guidelines(list);
                if self.prompt.editor().guideline().with_untracked(|now| now.trim() == text) {
                    self.prompt.editor().guideline().set(String::new());
                }
            }
            Ok(())
        });
    }

    /// Switches a guideline on or off: at once here, and back where the server refuses it.
    pub(crate) fn switch_guideline(self, id: GuidelineId, is_on: bool) {
        self.guidelines.show_switch(id, is_on);
        self.changing(async move {
            let outcome = api::switch_guideline(id, is_on).await;
            if outcome.is_err() && self.page.is_alive() {
                self.guidelines.show_switch(id, !is_on);
            }
            outcome
        });
    }

    /// Moves a guideline to a place from 0. The focus stays where it is.
    pub(crate) fn move_guideline(self, id: GuidelineId, position: u32) {
        let focused = browser::focused();
        self.changing(async move {
            let outcome = api::move_guideline(id, position).await;
            browser::focus_again(focused);
            outcome
        });
    }

    /// Takes a guideline out of the list.
    pub(crate) fn remove_guideline(self, id: GuidelineId) {
        let now = now_ms();
        if now < self.guidelines.removed_at_ms.get_value() + BETWEEN_REMOVALS_MS {
            return;
        }
        self.guidelines.removed_at_ms.set_value(now);
        let said = untrack(|| self.guidelines.guideline(id)).map(|it| it.text).unwrap_or_default();
        self.changing(async move {
            let list = api::remove_guideline(id).await?;
            self.page.tell(format!("Guideline removed: “{said}”. “Changes” undoes it."));
            Ok(list)
        });
    }

    /// A change that answers the new list. A rewrite that was asked for meanwhile follows it, unless it is
    /// refused.
    fn changing(self, change: impl Future<Output = Result<Vec<Guideline>, AppError>> + 'static) {
        self.guidelines.changes_on_their_way.update_value(|count| *count += 1);
        self.page.command(async move {
            let outcome = change.await;
            if !self.page.is_alive() {
                return Ok(());
            }
            self.guidelines.changes_on_their_way.update_value(|count| *count -= 1);
            let list = outcome.inspect_err(|_| self.guidelines.rewrite_waits.set_value(None))?;
            self.guidelines.take_guidelines(list);
            if self.guidelines.changes_on_their_way.get_value() == 0
                && let Some((start, candidates)) =
                    self.guidelines.rewrite_waits.try_update_value(Option::take).flatten()
            {
                self.rewrite(start, candidates);
            }
            Ok(())
        });
    }
}
