//! The drafts at hand, and which of them is shown.

use align::record::{Draft, DraftId, DraftState};
use leptos::prelude::*;

use super::RefineState;

impl RefineState {
    /// Drafts, oldest first.
    pub(crate) fn drafts(self) -> ReadSignal<Vec<Draft>> {
        self.drafts
    }

    /// The draft that is shown: the chosen one, else the newest unless it is done with. Of several that
    /// were asked for together it is the first, until one of them is accepted.
    pub(crate) fn draft(self) -> Option<Draft> {
        let chosen = self.chosen_draft.get();
        self.drafts.with(|drafts| {
            if let Some(id) = chosen {
                return drafts.iter().find(|draft| draft.id == id).cloned();
            }
            let last = drafts.last()?;
            let is_beside = |draft: &&Draft| {
                draft.id == last.id || (last.batch.is_some() && draft.batch == last.batch)
            };
            let beside = || drafts.iter().filter(is_beside);
            let is_decided = |it: &Draft| matches!(it.state, DraftState::Accepted { .. });
            if beside().any(is_decided) {
                return None;
            }
            beside().find(|draft| is_open(draft.state)).cloned()
        })
    }

    /// The draft of that name, as the page knows it.
    pub(crate) fn draft_of(self, id: DraftId) -> Option<Draft> {
        self.drafts.with(|drafts| drafts.iter().find(|draft| draft.id == id).cloned())
    }

    /// Whether a draft is being written.
    pub(crate) fn is_drafting(self) -> bool {
        self.drafts.with(|drafts| drafts.iter().any(|draft| draft.state == DraftState::Drafting))
    }

    /// Adds a draft or replaces it; a new one is shown.
    pub(crate) fn take_draft(self, draft: Draft) {
        let id = draft.id;
        let is_new = self.drafts.with_untracked(|drafts| drafts.iter().all(|known| known.id != id));
        if is_new {
            self.chosen_draft.set(None);
        }
        let draft = self.with_choice(draft);
        self.set_drafts.update(|drafts| match drafts.iter_mut().find(|known| known.id == id) {
            Some(known) => *known = draft,
            None => drafts.push(draft),
        });
        self.follow_edits(id);
        self.follow_confirming();
    }

    /// A question about a draft that was decided on meanwhile is over.
    fn follow_confirming(self) {
        let is_asked = self.confirming.with_untracked(Option::is_some);
        let is_ready =
            untrack(|| self.draft()).is_some_and(|draft| draft.state == DraftState::Ready);
        if is_asked && !is_ready {
            self.confirm(None);
        }
    }

    /// Shows the newest draft again.
    pub(crate) fn show_newest_draft(self) {
        self.chosen_draft.set(None);
    }
}

/// Whether a draft is still something to look at before deciding.
fn is_open(state: DraftState) -> bool {
    !matches!(state, DraftState::Accepted { .. } | DraftState::Rejected)
}
