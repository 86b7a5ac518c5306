//! Words for something kept that were typed here and discarded on another page.

use align::record::Rewording;
use leptos::prelude::*;

use super::PromptState;
use crate::sync::typed::Boxes;

impl PromptState {
    /// Remembers words that were being typed `before` and, discarded on another page, are not `now`.
    pub(super) fn remember_discarded(self, before: &Boxes, now: &Boxes) {
        let is_gone = |it: &&Rewording| {
            it.text != it.before && now.rewordings.iter().all(|kept| kept.of != it.of)
        };
        if let Some(gone) = before.rewordings.iter().find(is_gone) {
            self.discarded.set(Some(gone.clone()));
        }
    }

    /// Words that another page discarded.
    pub(crate) fn discarded(self) -> Option<Rewording> {
        self.discarded.get()
    }

    /// Takes up words that another page discarded, or lets them go.
    pub(crate) fn settle_discarded(self, go_on: bool) {
        let Some(words) = self.discarded.get_untracked() else { return };
        self.discarded.set(None);
        if go_on {
            self.editor.rewordings().update(|all| {
                all.retain(|it| it.of != words.of);
                all.push(words);
            });
        }
    }
}
