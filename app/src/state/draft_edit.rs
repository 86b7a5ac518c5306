//! Editing a draft by hand: kept in the browser at once, on the server after a short pause and before
//! anything is decided. Nobody writes over what another page made of the draft.

use std::time::Duration;

use align::prompt::Prompt;
use align::record::{Draft, DraftId, DraftState, PromptId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::bench::Bench;
use crate::api;
use crate::browser::storage;
use crate::error::{AppError, ErrorKind};

/// How long typing pauses before it is sent.
const PAUSE: Duration = Duration::from_millis(400);

/// How long to wait after the server did not take it.
const RETRY: Duration = Duration::from_secs(2);

/// A draft that is being edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct DraftEdit {
    /// Which draft.
    pub(crate) id: DraftId,
    /// What the server holds, as far as this page took part in it.
    pub(crate) known: Prompt,
    /// What stands in the text boxes.
    pub(crate) typed: Prompt,
}

/// How far the edit of this page is.
#[derive(Clone, Copy)]
pub(crate) struct Editing {
    /// The draft that is being edited, with the text as typed.
    pub(crate) edit: RwSignal<Option<DraftEdit>>,
    /// What was typed into a draft that was decided on meanwhile.
    pub(crate) left_over: RwSignal<Option<DraftEdit>>,
    /// Whether the typed edit waits to be sent.
    waits: RwSignal<bool>,
    /// Whether it is on its way.
    in_flight: StoredValue<bool>,
    /// Why the server did not take it last.
    refused: RwSignal<Option<AppError>>,
}

impl Editing {
    pub(crate) fn new() -> Self {
        Self {
            edit: RwSignal::new(None),
            left_over: RwSignal::new(None),
            waits: RwSignal::new(false),
            in_flight: StoredValue::new(false),
            refused: RwSignal::new(None),
        }
    }
}

impl Bench {
    /// Opens the text boxes of a draft with `typed` in them.
    pub(crate) fn begin_edit(self, draft: &Draft, typed: Prompt) {
        let Some(known) = draft.text().cloned() else { return };
        self.editing.edit.set(Some(DraftEdit { id: draft.id, known, typed }));
    }

    /// Changes the typed edit.
    pub(crate) fn type_edit(self, change: impl FnOnce(&mut Prompt)) {
        self.editing.edit.update(|edit| {
            if let Some(edit) = edit {
                change(&mut edit.typed);
                storage::write(&key(self.id), edit);
            }
        });
        self.send_edit_soon();
    }

    /// Takes up what was typed but not sent when this browser's page ended. Call it once, in an effect.
    pub(crate) fn take_up_edit(self) {
        let Some(kept) = storage::read::<DraftEdit>(&key(self.id)) else { return };
        match untrack(|| self.draft_of(kept.id)) {
            Some(draft) if draft.text() == Some(&kept.typed) => storage::remove(&key(self.id)),
            Some(draft) if draft.state == DraftState::Ready => {
                self.chosen_draft.set(Some(kept.id));
                self.editing.edit.set(Some(kept));
                self.send_edit_soon();
            }
            _ => self.editing.left_over.set(Some(kept)),
        }
    }

    fn send_edit_soon(self) {
        if !self.editing.waits.get_untracked() {
            self.editing.waits.set(true);
            self.send_edit_after(PAUSE);
        }
    }

    /// Sends the typed edit later, and again until the server takes it. Its error is shown once, and
    /// goes when it is over.
    fn send_edit_after(self, pause: Duration) {
        let send = move || {
            spawn_local(async move {
                if !self.is_alive() || untrack(|| self.edited_elsewhere()).is_some() {
                    return;
                }
                let failed = self.send_edit().await.err();
                if !self.is_alive() {
                    return;
                }
                if failed.is_some() {
                    self.send_edit_after(RETRY);
                }
                let known = self.editing.refused.get_untracked();
                if failed == known {
                    return;
                }
                if failed.is_some() || self.error.get_untracked() == known {
                    self.error.set(failed.clone());
                }
                self.editing.refused.set(failed);
            });
        };
        set_timeout(send, pause);
    }

    /// Sends the typed edit if it was not sent yet.
    pub(super) async fn send_edit(self) -> Result<(), AppError> {
        if self.editing.waits.try_get_untracked() != Some(true) {
            return Ok(());
        }
        if untrack(|| self.edited_elsewhere()).is_some() {
            return Err(AppError::new(
                ErrorKind::Conflict,
                "This draft was also edited on another page.",
                "Choose which text to go on with.",
            ));
        }
        let Some(DraftEdit { id, known, typed }) = self.editing.edit.get_untracked() else {
            self.editing.waits.set(false);
            return Ok(());
        };
        self.editing.waits.set(false);
        self.editing.in_flight.set_value(true);
        let outcome = api::edit_draft(id, known, Some(typed.clone())).await;
        if !self.is_alive() {
            return Ok(());
        }
        self.editing.in_flight.set_value(false);
        match outcome {
            Ok(draft) => {
                self.editing.edit.update(|edit| {
                    if let Some(edit) = edit.as_mut().filter(|edit| edit.id == id) {
                        edit.known = typed;
                    }
                });
                if !self.editing.waits.get_untracked() {
                    storage::remove(&key(self.id));
                }
                // Events may have been faster: a decision is not taken back.
                let known = untrack(|| self.draft_of(id));
                if known.is_some_and(|known| known.state == DraftState::Ready) {
                    self.take_draft(draft);
                } else {
                    self.follow_edits(id);
                }
                Ok(())
            }
            // It stays in the text box; a later try, or Accept, sends it again.
            Err(error) => {
                self.editing.waits.set(true);
                self.follow_edits(id);
                // The words are kept beside the draft that was decided on.
                if self.editing.edit.with_untracked(Option::is_none) { Ok(()) } else { Err(error) }
            }
        }
    }

    /// What another page made of the draft that is edited here, too.
    pub(crate) fn edited_elsewhere(self) -> Option<Prompt> {
        let DraftEdit { id, known, typed } = self.editing.edit.get()?;
        let theirs = self.draft_of(id)?.text()?.clone();
        let is_new = theirs != known && theirs != typed;
        (is_new && self.editing.waits.get()).then_some(theirs)
    }

    /// Goes on with the text here, or with that of the other page.
    pub(crate) fn decide_edit(self, take_theirs: bool) {
        let Some(theirs) = untrack(|| self.edited_elsewhere()) else { return };
        self.error.set(None);
        self.editing.waits.set(!take_theirs);
        self.editing.edit.update(|edit| {
            if let Some(edit) = edit {
                edit.known = theirs.clone();
                if take_theirs {
                    edit.typed = theirs;
                }
            }
        });
        if take_theirs {
            storage::remove(&key(self.id));
        } else {
            self.send_edit_after(Duration::ZERO);
        }
    }

    /// Draft `id` is as the server holds it now: its text boxes follow it unless something else is typed
    /// here, and close once it is decided on.
    pub(super) fn follow_edits(self, id: DraftId) {
        let edit = self.editing.edit.get_untracked().filter(|edit| edit.id == id);
        // What is on its way decides what there is to follow.
        let Some(edit) = edit.filter(|_| !self.editing.in_flight.get_value()) else { return };
        let Some(draft) = untrack(|| self.draft_of(id)) else { return };
        let (state, Some(text)) = (draft.state, draft.text().cloned()) else { return };
        let is_unsent = self.editing.waits.get_untracked();
        if state != DraftState::Ready {
            self.close_edit();
            if is_unsent && edit.typed != text {
                storage::write(&key(self.id), &edit);
                self.editing.left_over.set(Some(edit));
            }
        } else if !is_unsent && text != edit.known {
            let typed = text.clone();
            self.editing.edit.set(Some(DraftEdit { id, known: text, typed }));
        }
    }

    /// Leaves the text boxes and shows the diff of what was typed.
    pub(crate) fn finish_edit(self) {
        self.command(async move {
            self.send_edit().await?;
            self.editing.edit.try_set(None);
            Ok(())
        });
    }

    /// Goes back to what the alignment model proposed.
    pub(crate) fn discard_edit(self) {
        let Some(edit) = self.editing.edit.get_untracked() else { return };
        self.command(async move {
            let draft = api::edit_draft(edit.id, edit.known, None).await?;
            if self.is_alive() {
                self.close_edit();
                self.take_draft(draft);
            }
            Ok(())
        });
    }

    /// Shows another draft; what is typed into this one is sent first.
    pub(crate) fn choose_draft(self, id: DraftId) {
        if self.editing.edit.with_untracked(Option::is_none) {
            self.chosen_draft.set(Some(id));
            return;
        }
        self.command(async move {
            self.send_edit().await?;
            if self.is_alive() {
                self.close_edit();
                self.chosen_draft.set(Some(id));
            }
            Ok(())
        });
    }

    /// Closes the text boxes; what stands in them is kept elsewhere or not wanted.
    pub(crate) fn close_edit(self) {
        self.editing.waits.set(false);
        self.editing.edit.set(None);
        storage::remove(&key(self.id));
    }

    /// Puts what was typed into a draft that was decided on meanwhile into the prompt, or away.
    pub(crate) fn settle_left_over(self, into_prompt: bool) {
        let Some(left_over) = self.editing.left_over.get_untracked() else { return };
        self.once("left over", async move {
            if into_prompt {
                let base = self.editor.base.get_untracked();
                if untrack(|| self.has_typed_changes()) {
                    let note = "Kept before an edited draft was put into the prompt".to_owned();
                    let version = api::save_version(self.id, self.typed(), base, note).await?;
                    if !self.is_alive() {
                        return Ok(());
                    }
                    self.take_newest(Some(version));
                }
                self.editor.set_prompt(left_over.typed, self.editor.base.get_untracked());
            }
            self.editing.left_over.set(None);
            storage::remove(&key(self.id));
            Ok(())
        });
    }
}

fn key(id: PromptId) -> String {
    format!("attune:typed-draft:{id}")
}
