//! Taking a draft hunk by hunk: carries out what [`crate::sync::hunks`] decides.

use align::record::{Draft, DraftId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::RefineState;
use crate::api;
use crate::error::AppError;
use crate::sync::hunks::{Effect, Event, HunkChoice};

/// The choices of this page that the server may not know yet.
pub(super) type HunkChoices = StoredValue<Vec<(DraftId, HunkChoice)>>;

impl RefineState {
    /// Takes a change of a draft or leaves it out. It shows at once, and goes back where the
    /// server refuses it.
    pub(crate) fn choose_hunk(self, id: DraftId, hunk: u32, is_taken: bool) {
        let Some(left_out) = self.left_out(id) else { return };
        self.hunk_choices.update_value(|all| {
            if all.iter().all(|(known, _)| *known != id) {
                all.push((id, HunkChoice::new(left_out)));
            }
        });
        self.page.clear_error();
        self.feed_hunks(id, Event::Chosen { hunk, is_taken });
    }

    /// Before anything is decided, the server has to know the choice that is shown.
    pub(crate) async fn send_hunks_on_their_way(self, id: DraftId) -> Result<(), AppError> {
        let is_known = self.hunk_choices.try_with_value(|all| all.iter().all(|(it, _)| *it != id));
        let Some(left_out) = self.left_out(id).filter(|_| is_known == Some(false)) else {
            return Ok(());
        };
        api::choose_hunks(id, left_out).await.map(drop)
    }

    /// `draft` as the server holds it, with the newer choice that is shown here and on its way.
    pub(super) fn with_choice(self, draft: Draft) -> Draft {
        let known = untrack(|| self.draft_of(draft.id));
        let has_same_text = known.is_some_and(|known| known.text() == draft.text());
        let heard = Event::Heard { left_out: draft.left_out.clone(), has_same_text };
        match self.on_hunks(draft.id, heard) {
            Some((_, left_out)) => Draft { left_out, ..draft },
            None => draft,
        }
    }

    fn feed_hunks(self, id: DraftId, event: Event) {
        let Some((effect, left_out)) = self.on_hunks(id, event) else { return };
        self.show_left_out(id, left_out);
        match effect {
            Some(Effect::Send(turn, left_out)) => spawn_local(async move {
                let outcome = api::choose_hunks(id, left_out).await;
                if !self.page.is_alive() {
                    return;
                }
                let sent = outcome.as_ref().map(|_| ()).map_err(Clone::clone);
                self.feed_hunks(id, Event::Sent(turn, sent));
                // A newer choice is shown already and will be sent.
                if let Ok(draft) = outcome
                    && self.left_out(id).as_ref() == Some(&draft.left_out)
                {
                    self.take_draft(draft);
                }
            }),
            Some(Effect::Failed(error)) => self.page.fail(error),
            None => {}
        }
    }

    /// What there is to do, and what is shown then; `None` without a choice on its way.
    fn on_hunks(self, id: DraftId, event: Event) -> Option<(Option<Effect>, Vec<u32>)> {
        let on = |all: &mut Vec<(DraftId, HunkChoice)>| {
            let choice = all.iter_mut().find(|(known, _)| *known == id);
            let done = choice.map(|(_, choice)| (choice.on(event), choice.shown().to_vec()));
            all.retain(|(_, choice)| !choice.is_settled());
            done
        };
        self.hunk_choices.try_update_value(on).flatten()
    }

    fn left_out(self, id: DraftId) -> Option<Vec<u32>> {
        untrack(|| self.draft_of(id)).map(|draft| draft.left_out)
    }

    fn show_left_out(self, id: DraftId, hunks: Vec<u32>) {
        self.set_drafts.update(|drafts| {
            if let Some(draft) = drafts.iter_mut().find(|draft| draft.id == id) {
                draft.left_out = hunks;
            }
        });
    }
}
