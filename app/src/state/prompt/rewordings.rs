//! Giving other words to what is kept: guidelines and pieces of feedback. The words are part of what is
//! typed, so a reload and another page find them.

use align::record::{Reworded, Rewording};
use leptos::prelude::*;

use super::PromptState;

impl PromptState {
    /// Begins to type other words for what says `now`.
    pub(crate) fn begin_rewording(self, of: Reworded, now: String) {
        self.page.begin_here();
        self.editor.rewordings().update(|all| {
            if all.iter().all(|it| it.of != of) {
                all.push(Rewording { of, before: now.clone(), text: now });
            }
        });
    }

    /// The words that are typed, while they are.
    pub(crate) fn rewording(self, of: Reworded) -> Option<Rewording> {
        self.editor.rewordings().with(|all| all.iter().find(|it| it.of == of).cloned())
    }

    /// `ids`, then what `which` picks from what is being reworded though it is gone from them: the typed
    /// words need a place to be seen.
    pub(crate) fn and_reworded<T: PartialEq>(
        self,
        mut ids: Vec<T>,
        which: fn(Reworded) -> Option<T>,
    ) -> Vec<T> {
        self.editor.rewordings().with(|all| {
            for id in all.iter().filter_map(|it| which(it.of)) {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        });
        ids
    }

    /// Changes the words that are typed.
    pub(crate) fn type_rewording(self, of: Reworded, text: String) {
        self.editor.rewordings().update(|all| {
            if let Some(rewording) = all.iter_mut().find(|it| it.of == of) {
                rewording.text = text;
            }
        });
    }

    /// Leaves everything as it was.
    pub(crate) fn cancel_rewording(self, of: Reworded) {
        self.editor.rewordings().update(|all| all.retain(|it| it.of != of));
    }
}
