//! Editing a draft by hand: carries out what [`crate::sync::draft_edit`] decides.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use align::prompt::Prompt;
use align::record::{Draft, DraftId, DraftState, PromptId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::RefineState;
use crate::api;
use crate::browser::{page_name, storage};
use crate::error::AppError;
use crate::sync::Side;
use crate::sync::draft_edit::{DraftEditing, Edit, Effect, Event, Heard, Notice};

/// The edit of this page.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    machine: RwSignal<DraftEditing>,
    /// The name of this page in the browser's storage.
    page: StoredValue<String>,
    /// Commands that wait until the server has what is typed.
    flushes: StoredValue<Vec<Flush>>,
}

/// A command that waits until the server has what is typed.
#[derive(Clone, Default)]
struct Flush(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    outcome: Option<Result<(), AppError>>,
    waker: Option<Waker>,
}

impl Flush {
    async fn wait(self) -> Result<(), AppError> {
        poll_fn(move |context| {
            let mut waiting = self.lock();
            waiting.waker = Some(context.waker().clone());
            waiting.outcome.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }

    fn end(&self, outcome: Result<(), AppError>) {
        self.lock().outcome = Some(outcome);
        let waker = self.lock().waker.take();
        waker.iter().for_each(Waker::wake_by_ref);
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Editing {
    pub(super) fn new() -> Self {
        Self {
            machine: RwSignal::new(DraftEditing::new()),
            page: StoredValue::new(String::new()),
            flushes: StoredValue::new(Vec::new()),
        }
    }
}

impl RefineState {
    /// Whether a draft is being edited.
    pub(crate) fn is_editing(self) -> bool {
        self.editing.machine.with(|machine| machine.edit().is_some())
    }

    /// Follows what the text boxes hold.
    pub(crate) fn track_edit(self) {
        self.editing.machine.track();
    }

    /// A part of the edit as typed.
    pub(crate) fn typed_edit(self, part: fn(&Prompt) -> String) -> String {
        let typed = |machine: &DraftEditing| machine.edit().map(|edit| part(&edit.typed));
        self.editing.machine.with(typed).unwrap_or_default()
    }

    /// What another page made of the draft that is edited here, too.
    pub(crate) fn edited_elsewhere(self) -> Option<Prompt> {
        self.editing.machine.with(|machine| machine.elsewhere().cloned())
    }

    /// What was typed into a draft that was decided on meanwhile.
    pub(crate) fn left_over(self) -> Option<Edit> {
        self.editing.machine.with(|machine| machine.left_over().cloned())
    }

    /// Opens the text boxes of a draft with `typed` in them.
    pub(crate) fn begin_edit(self, draft: &Draft, typed: Prompt) {
        let Some(known) = draft.text().cloned() else { return };
        self.feed_edit(Event::Opened(Edit { id: draft.id, known, typed }));
    }

    /// Changes the typed edit.
    pub(crate) fn type_edit(self, change: impl FnOnce(&mut Prompt)) {
        let typed = |machine: &DraftEditing| machine.edit().map(|edit| edit.typed.clone());
        let Some(mut text) = self.editing.machine.with_untracked(typed) else { return };
        change(&mut text);
        self.feed_edit(Event::Typed(text));
    }

    /// Takes up what was typed but not sent when this browser's pages ended. Call it once, in an effect.
    pub(crate) fn take_up_edit(self) {
        self.editing.page.set_value(page_name());
        for key in storage::keys(&key(self.page.id())) {
            let Some(edit) = storage::read::<Edit>(&key) else { continue };
            let (id, heard) = (edit.id, untrack(|| self.heard(edit.id)));
            let effects = self.edit_effects(Event::Found(edit, heard));
            if effects.is_empty() {
                continue;
            }
            // This page keeps it from now on, or nobody needs it any more.
            storage::remove(&key);
            for effect in effects {
                self.carry_out_edit(effect);
            }
            if untrack(|| self.is_editing()) {
                self.chosen_draft.set(Some(id));
            }
        }
    }

    /// Waits until the server has what is typed; the error says why it will not.
    pub(crate) async fn send_edit(self) -> Result<(), AppError> {
        let flush = Flush::default();
        self.editing.flushes.try_update_value(|all| all.push(flush.clone()));
        self.feed_edit(Event::Flush);
        flush.wait().await
    }

    /// Goes on with the text here, or with that of the other page.
    pub(crate) fn decide_edit(self, side: Side) {
        self.page.clear_error();
        self.feed_edit(Event::Chosen(side));
    }

    /// Draft `id` is as the server holds it now.
    pub(super) fn follow_edits(self, id: DraftId) {
        if let Some(heard) = untrack(|| self.heard(id)) {
            self.feed_edit(Event::Heard(heard));
        }
    }

    fn heard(self, id: DraftId) -> Option<Heard> {
        let draft = self.draft_of(id)?;
        let text = draft.text()?.clone();
        Some(Heard { id, text, is_ready: draft.state == DraftState::Ready })
    }

    /// Leaves the text boxes and shows the diff of what was typed.
    pub(crate) fn finish_edit(self) {
        self.page.command(async move {
            self.send_edit().await?;
            self.close_edit();
            Ok(())
        });
    }

    /// Goes back to what the alignment model proposed.
    pub(crate) fn discard_edit(self) {
        let edit = |machine: &DraftEditing| machine.edit().cloned();
        let Some(edit) = self.editing.machine.with_untracked(edit) else { return };
        self.page.command(async move {
            let draft = api::edit_draft(edit.id, edit.known, None).await?;
            if self.page.is_alive() {
                self.feed_edit(Event::Discarded);
                self.take_draft(draft);
            }
            Ok(())
        });
    }

    /// What was typed into a decided draft `id` is in the prompt now, or let go of.
    pub(crate) fn settle_left_over(self, id: DraftId) {
        self.feed_edit(Event::Settled(id));
    }

    /// Closes the text boxes, unless the server does not have what is typed.
    pub(super) fn close_edit(self) {
        self.feed_edit(Event::Closed);
    }

    fn feed_edit(self, event: Event) {
        for effect in self.edit_effects(event) {
            self.carry_out_edit(effect);
        }
    }

    fn edit_effects(self, event: Event) -> Vec<Effect> {
        let effects = self.editing.machine.try_update(|machine| machine.on(event));
        effects.unwrap_or_default()
    }

    fn carry_out_edit(self, effect: Effect) {
        match effect {
            Effect::Keep(edit) => storage::write(&self.edit_key(edit.id), &edit),
            Effect::Forget(id) => storage::remove(&self.edit_key(id)),
            Effect::Send { turn, edit } => spawn_local(async move {
                let Edit { id, known, typed } = edit;
                let outcome = api::edit_draft(id, known, Some(typed)).await;
                if self.page.is_alive() {
                    let sent = outcome.as_ref().map(|_| ()).map_err(Clone::clone);
                    self.feed_edit(Event::Sent(turn, sent));
                    self.take_edited(outcome.ok());
                }
            }),
            Effect::Wait(turn, milliseconds) => {
                let pause = Duration::from_millis(milliseconds.into());
                set_timeout(move || self.feed_edit(Event::Woke(turn)), pause);
            }
            Effect::Flushed(outcome) => {
                let waiting = self.editing.flushes.try_update_value(std::mem::take);
                for flush in waiting.unwrap_or_default() {
                    flush.end(outcome.clone());
                }
            }
            Effect::Tell(Notice::Refused(error)) => self.page.fail(error),
            Effect::Tell(Notice::Over(error)) => {
                self.page.clear_this_error(&error);
            }
        }
    }

    /// Shows the answer to an edit, unless events were faster: neither a decision nor a newer edit is
    /// taken back.
    fn take_edited(self, draft: Option<Draft>) {
        let Some(draft) = draft else { return };
        let known = untrack(|| self.draft_of(draft.id));
        let is_ready = known.is_some_and(|known| known.state == DraftState::Ready);
        let is_latest = self.editing.machine.with_untracked(|machine| {
            machine.edit().is_none_or(|edit| Some(&edit.known) == draft.text())
        });
        if is_ready && is_latest {
            self.take_draft(draft);
        }
    }

    fn edit_key(self, id: DraftId) -> String {
        format!("{}:{id}:{}", key(self.page.id()), self.editing.page.get_value())
    }
}

/// Where edits of the drafts of a prompt are kept; each is kept under the draft and the page. Older
/// pages added neither.
fn key(id: PromptId) -> String {
    format!("attune:typed-draft:{id}")
}
