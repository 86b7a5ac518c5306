//! Giving other words to what is kept: guidelines and pieces of feedback. The words are part of what is
//! typed, so a reload and another page find them.

use align::Feedback;
use align::record::{Reworded, Rewording};
use leptos::prelude::*;

use super::bench::Bench;
use crate::api;
use crate::sync::typed::Boxes;

impl Bench {
    /// Begins to type other words for what says `now`.
    pub(crate) fn begin_rewording(self, of: Reworded, now: String) {
        self.begun_here.set_value(true);
        self.editor.rewordings.update(|all| {
            if all.iter().all(|it| it.of != of) {
                all.push(Rewording { of, before: now.clone(), text: now });
            }
        });
    }

    /// The words that are typed, while they are.
    pub(crate) fn rewording(self, of: Reworded) -> Option<Rewording> {
        self.editor.rewordings.with(|all| all.iter().find(|it| it.of == of).cloned())
    }

    /// `ids`, then what `which` picks from what is being reworded though it is gone from them: the typed
    /// words need a place to be seen.
    pub(crate) fn and_reworded<T: PartialEq>(
        self,
        mut ids: Vec<T>,
        which: fn(Reworded) -> Option<T>,
    ) -> Vec<T> {
        self.editor.rewordings.with(|all| {
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
        self.editor.rewordings.update(|all| {
            if let Some(rewording) = all.iter_mut().find(|it| it.of == of) {
                rewording.text = text;
            }
        });
    }

    /// Leaves everything as it was.
    pub(crate) fn cancel_rewording(self, of: Reworded) {
        self.editor.rewordings.update(|all| all.retain(|it| it.of != of));
    }

    /// Puts the typed words in place of `now`, which the person saw; with `None`, of something that is
    /// gone, keeps them as something new. They stay in their box unless the server takes them.
    pub(crate) fn save_rewording(self, of: Reworded, now: Option<String>) {
        let Some(typed) = untrack(|| self.rewording(of)) else { return };
        let text = typed.text.trim().to_owned();
        if now.as_ref() == Some(&text) {
            self.cancel_rewording(of);
            return;
        }
        self.once("reword", async move {
            match of {
                Reworded::Guideline(id) => {
                    let list = match now {
                        Some(now) => api::edit_guideline(id, now, text).await,
                        None => api::add_guideline(self.id, text).await,
                    }?;
                    if self.is_alive() {
                        self.take_guidelines(list);
                    }
                }
                Reworded::Feedback(id) => {
                    let run = self.run.with_untracked(|run| run.as_ref().map(|run| run.id));
                    let piece = match (now, run) {
                        (Some(now), _) => api::change_feedback(id, now, text).await,
                        (None, Some(run)) => api::add_feedback(run, Feedback::whole(text)).await,
                        (None, None) => return Ok(()),
                    }?;
                    if self.is_alive() {
                        self.take_piece(piece);
                    }
                }
            }
            if self.is_alive() && untrack(|| self.rewording(of)).as_ref() == Some(&typed) {
                self.cancel_rewording(of);
            }
            Ok(())
        });
    }

    /// Remembers words that were being typed `before` and, discarded on another page, are not `now`.
    pub(super) fn remember_discarded(self, before: &Boxes, now: &Boxes) {
        let is_gone = |it: &&Rewording| {
            it.text != it.before && now.rewordings.iter().all(|kept| kept.of != it.of)
        };
        if let Some(gone) = before.rewordings.iter().find(is_gone) {
            self.discarded.set(Some(gone.clone()));
        }
    }

    /// Words that another page discarded, unless they were saved.
    pub(crate) fn discarded_elsewhere(self) -> Option<Rewording> {
        let words = self.discarded.get()?;
        let text = words.text.trim();
        let is_saved = self.guidelines.with(|all| all.iter().any(|it| it.text == text))
            || self.pieces.with(|all| all.iter().any(|it| it.feedback.text == text));
        (!is_saved).then_some(words)
    }

    /// Takes up words that another page discarded, or lets them go.
    pub(crate) fn settle_discarded(self, go_on: bool) {
        let Some(words) = self.discarded.get_untracked() else { return };
        self.discarded.set(None);
        if go_on {
            self.editor.rewordings.update(|all| {
                all.retain(|it| it.of != words.of);
                all.push(words);
            });
        }
    }

    /// Whether a person opened a text box on this page just now. Only then does it take the focus: it may
    /// have been opened on another page, or before this one was loaded. True once.
    pub(crate) fn is_begun_here(self) -> bool {
        self.begun_here.try_update_value(std::mem::take).unwrap_or_default()
    }
}
