//! Taking a draft hunk by hunk.

use align::record::{Draft, DraftId};
use leptos::prelude::*;

use super::bench::Bench;
use crate::api;
use crate::error::AppError;

/// The action that sends the choice; several changes of it in a row are one action.
const ACTION: &str = "hunks";

impl Bench {
    /// Takes a change of a draft or leaves it out. It shows at once, and goes back where the
    /// server refuses it.
    pub(crate) fn choose_hunk(self, id: DraftId, hunk: u32, is_taken: bool) {
        let mut kept = self.left_out(id);
        let mut chosen = kept.clone().unwrap_or_default();
        chosen.retain(|known| *known != hunk);
        if !is_taken {
            chosen.push(hunk);
            chosen.sort_unstable();
        }
        self.show_left_out(id, chosen);
        self.once(ACTION, async move {
            while self.is_alive() && kept != self.left_out(id) {
                let shown = self.left_out(id);
                if let Err(error) = self.send_hunks(id).await {
                    if let Some(kept) = kept.filter(|_| self.is_alive()) {
                        self.show_left_out(id, kept);
                    }
                    return Err(error);
                }
                kept = shown;
            }
            Ok(())
        });
    }

    /// Before anything is decided, the server has to know the choice that is shown.
    pub(super) async fn send_hunks_on_their_way(self, id: DraftId) -> Result<(), AppError> {
        if self.is_choosing_hunks() {
            self.send_hunks(id).await?;
        }
        Ok(())
    }

    /// Whether a choice that is shown is on its way to the server.
    pub(super) fn is_choosing_hunks(self) -> bool {
        self.in_flight.with_untracked(|actions| actions.contains(ACTION))
    }

    async fn send_hunks(self, id: DraftId) -> Result<(), AppError> {
        let Some(left_out) = self.left_out(id) else { return Ok(()) };
        let draft = api::choose_hunks(id, left_out.clone()).await?;
        // A newer choice is shown already and will be sent.
        if self.is_alive() && self.left_out(id).as_ref() == Some(&left_out) {
            self.take_draft(draft);
        }
        Ok(())
    }

    fn left_out(self, id: DraftId) -> Option<Vec<u32>> {
        let of = |drafts: &Vec<Draft>| {
            drafts.iter().find(|draft| draft.id == id).map(|draft| draft.left_out.clone())
        };
        self.drafts.try_with_untracked(of)?
    }

    fn show_left_out(self, id: DraftId, hunks: Vec<u32>) {
        self.drafts.update(|drafts| {
            if let Some(draft) = drafts.iter_mut().find(|draft| draft.id == id) {
                draft.left_out = hunks;
            }
        });
    }
}
