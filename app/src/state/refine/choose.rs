//! Choosing among drafts, and saying no to one.

use align::record::DraftId;
use leptos::prelude::*;

use super::RefineState;
use crate::api;

impl RefineState {
    /// Shows another draft; what is typed into this one is sent first.
    pub(crate) fn choose_draft(self, id: DraftId) {
        if !untrack(|| self.is_editing()) {
            self.chosen_draft.set(Some(id));
            return;
        }
        self.page.command(async move {
            self.send_edit().await?;
            if self.page.is_alive() {
                self.close_edit();
                self.chosen_draft.set(Some(id));
            }
            Ok(())
        });
    }

    /// Says no to the shown draft.
    pub(crate) fn reject(self) {
        let Some(draft) = untrack(|| self.draft()) else { return };
        self.page.once("reject", async move {
            let draft = api::reject_draft(draft.id).await?;
            if self.page.is_alive() {
                self.take_draft(draft);
                self.show_newest_draft();
                self.page.tell("Draft rejected; it stays in the history.");
            }
            Ok(())
        });
    }
}
