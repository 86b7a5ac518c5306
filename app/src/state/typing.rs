//! Keeping what is typed: at once in the browser, shortly after on the server.

use std::time::Duration;

use align::record::{PromptId, Version, WorkingCopy};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::bench::{Bench, Connection};
use super::merge::merge;
use crate::api;
use crate::browser::{page_name, storage};
use crate::error::{AppError, ErrorKind};

/// How long typing pauses before it is sent.
const PAUSE: Duration = Duration::from_millis(300);

/// How long to wait after a failed save.
const RETRY: Duration = Duration::from_secs(2);

/// What the browser keeps until the server confirmed it.
#[derive(Serialize, Deserialize)]
struct Kept {
    copy: WorkingCopy,
    /// What was on its way to the server, which may have taken it without our hearing so.
    sent: Option<WorkingCopy>,
}

/// The progress of saving in one page.
#[derive(Clone, Copy)]
pub(crate) struct Typing {
    /// The name of this page in the events of its saves.
    page: StoredValue<String>,
    /// What the server confirmed last, revision aside.
    saved: StoredValue<WorkingCopy>,
    /// Whether a save is on its way or waits for a pause.
    pending: RwSignal<bool>,
    /// Whether a save is on its way: a second one would name the same revision and be refused.
    in_flight: StoredValue<bool>,
    /// What the save on its way, or the last one, sent.
    sent: StoredValue<Option<WorkingCopy>>,
    /// What the server will never take as it is, such as a prompt that is too long.
    unfit: StoredValue<Option<WorkingCopy>>,
    /// Whether the last save did not reach the server. Events may still seem to flow: a browser
    /// notices a dead stream late.
    unreached: RwSignal<bool>,
    /// Why the server did not take the last save. It is sent again until it does.
    refused: RwSignal<Option<AppError>>,
}

impl Typing {
    pub(crate) fn new(copy: &WorkingCopy) -> Self {
        Self {
            page: StoredValue::new(String::new()),
            saved: StoredValue::new(content(copy.clone())),
            pending: RwSignal::new(false),
            in_flight: StoredValue::new(false),
            sent: StoredValue::new(None),
            unfit: StoredValue::new(None),
            unreached: RwSignal::new(false),
            refused: RwSignal::new(None),
        }
    }
}

impl Bench {
    /// Whether something typed is not confirmed by the server yet.
    pub(crate) fn is_saving(self) -> bool {
        self.typing.pending.get()
    }

    /// Whether the last save did not reach the server.
    pub(crate) fn is_unreached(self) -> bool {
        self.typing.unreached.get()
    }

    /// Whether the server did not take the last save: its disk is full, for example.
    pub(crate) fn is_refused(self) -> bool {
        self.typing.refused.with(Option::is_some)
    }

    /// Takes up what the browser kept, then keeps whatever is typed. Call it once, in an effect.
    pub(crate) fn keep_typing(self) {
        self.typing.page.set_value(page_name());
        self.take_up_kept();
        Effect::new(move || {
            let copy = content(self.editor.copy(0));
            let is_pending = self.typing.pending.get_untracked();
            if self.typing.saved.with_value(|saved| *saved == copy) && !is_pending {
                return;
            }
            // What is as it was saved again is kept, too, in the place of what it was in between.
            let revision = self.revision.get_untracked();
            self.keep_in_browser(WorkingCopy { revision, ..copy });
            if !is_pending {
                self.typing.pending.set(true);
                set_timeout(move || self.send_typed(), PAUSE);
            }
        });
        // After a break in the connection, the server has to hear what was typed meanwhile.
        Effect::new(move || {
            if self.connection.get() == Connection::Open && self.typing.pending.get_untracked() {
                self.send_typed();
            }
        });
    }

    fn keep_in_browser(self, copy: WorkingCopy) {
        let sent = self.typing.sent.get_value();
        storage::write(&key(self.id), &Kept { copy, sent });
    }

    /// What was typed but not confirmed when this browser's page ended.
    fn take_up_kept(self) {
        let Some(Kept { copy, sent }) = storage::read::<Kept>(&key(self.id)) else { return };
        let saved = self.typing.saved.get_value();
        let is_newer =
            copy.revision == self.revision.get_untracked() || sent.as_ref() == Some(&saved);
        if content(copy.clone()) == saved {
            storage::remove(&key(self.id));
        } else if is_newer {
            self.editor.load(copy);
        } else {
            self.elsewhere.set(Some(copy));
        }
    }

    /// Sends what is typed now, without waiting for a pause.
    pub(super) fn send_typed(self) {
        let Some(revision) = self.revision.try_get_untracked() else { return };
        let copy = untrack(|| self.editor.copy(revision));
        let sent = content(copy.clone());
        if self.typing.saved.with_value(|saved| *saved == sent) {
            self.confirmed(sent, revision);
            return;
        }
        // The end of the save on its way sends what was typed since.
        if self.typing.in_flight.get_value() {
            return;
        }
        self.typing.in_flight.set_value(true);
        self.typing.sent.set_value(Some(sent.clone()));
        self.keep_in_browser(copy.clone());
        spawn_local(async move {
            let page = self.typing.page.get_value();
            let outcome = api::save_working_copy(self.id, page, copy).await;
            if !self.is_alive() {
                return;
            }
            self.typing.in_flight.set_value(false);
            match outcome {
                Ok(Some(revision)) => self.confirmed(sent, revision),
                Ok(None) => self.meet_elsewhere(sent).await,
                // The same text would be refused again: only other text is worth another try. Until then
                // this browser keeps it.
                Err(error) if error.kind == ErrorKind::Invalid => {
                    self.refused(error);
                    self.typing.unfit.set_value(Some(sent));
                    set_timeout(move || self.send_unless_unfit(), PAUSE);
                }
                Err(error) => {
                    if error.kind == ErrorKind::Offline {
                        self.typing.unreached.set(true);
                    } else {
                        self.refused(error);
                    }
                    set_timeout(move || self.send_typed(), RETRY);
                }
            }
        });
    }

    /// Says once why the server does not take what is typed, however often it is sent again.
    fn refused(self, error: AppError) {
        self.typing.unreached.set(false);
        if self.typing.refused.with_untracked(|known| known.as_ref() != Some(&error)) {
            self.error.set(Some(error.clone()));
            self.typing.refused.set(Some(error));
        }
    }

    /// What kept typing from being saved is over, and so is its alert.
    fn relieved(self) {
        let Some(over) = self.typing.refused.get_untracked() else { return };
        self.typing.refused.set(None);
        if self.error.with_untracked(|shown| *shown == Some(over)) {
            self.error.set(None);
        }
        self.notice.set("What you typed is saved.".to_owned());
    }

    /// Looks again whether something else was typed than what the server refused.
    fn send_unless_unfit(self) {
        if !self.is_alive() {
            return;
        }
        let here = self.typed_now();
        if self.typing.unfit.with_value(|unfit| unfit.as_ref() == Some(&here)) {
            set_timeout(move || self.send_unless_unfit(), RETRY);
        } else {
            self.typing.unfit.set_value(None);
            self.send_typed();
        }
    }

    fn confirmed(self, sent: WorkingCopy, revision: u64) {
        // A copy that was adopted meanwhile may be newer.
        self.revision.update(|known| *known = revision.max(*known));
        self.typing.unreached.set(false);
        self.relieved();
        let same = untrack(|| content(self.editor.copy(0))) == sent;
        self.typing.saved.set_value(sent);
        if same {
            self.typing.pending.set(false);
            storage::remove(&key(self.id));
        } else {
            set_timeout(move || self.send_typed(), PAUSE);
        }
    }

    /// Another page saved first.
    async fn meet_elsewhere(self, sent: WorkingCopy) {
        let Ok(theirs) = api::load_working_copy(self.id).await else {
            set_timeout(move || self.send_typed(), RETRY);
            return;
        };
        if !self.is_alive() {
            return;
        }
        let (revision, theirs_content) = (theirs.revision, content(theirs.clone()));
        if same_words(&theirs_content, &sent) {
            self.revision.set(revision);
            self.confirmed(sent, revision);
        } else {
            self.adopt(theirs);
        }
    }

    /// Another page saved what was typed there: follow it unless something else is typed here.
    pub(crate) fn typed_elsewhere(self, page: &str, revision: u64) {
        let ours = self.typing.page.with_value(|ours| ours == page);
        let known = revision <= self.revision.get_untracked();
        if ours || known || self.typing.pending.get_untracked() {
            return;
        }
        spawn_local(async move {
            let Ok(theirs) = api::load_working_copy(self.id).await else { return };
            if self.is_alive() && !self.typing.pending.get_untracked() {
                self.adopt(theirs);
            }
        });
    }

    /// Puts the text of a version into the editor. Nobody typed it, so there is nothing to save: the
    /// server puts it into its own copy and says so in an event.
    pub(crate) fn show_version(self, version: &Version) {
        let (prompt, base) = (version.prompt.clone(), Some(version.summary.number));
        self.typing.saved.update_value(|saved| (saved.prompt, saved.base) = (prompt.clone(), base));
        self.editor.set_prompt(prompt, base);
    }

    /// Takes over what a newer copy of the server holds. What was typed here since the last save stays;
    /// where that and the copy changed the same text, a person has to choose.
    pub(crate) fn adopt(self, theirs: WorkingCopy) {
        self.revision.set(theirs.revision);
        let here = self.typed_now();
        let newest = content(theirs.clone());
        let merged = if same_words(&newest, &here) {
            Some(newest.clone())
        } else {
            self.typing.saved.with_value(|saved| merge(saved, &here, &newest))
        };
        let Some(merged) = merged else {
            self.typing.pending.set(false);
            self.elsewhere.set(Some(theirs));
            return;
        };
        self.remember_discarded(&here, &merged);
        let is_saved = merged == newest;
        self.typing.saved.set_value(newest);
        self.editor.load(merged);
        if is_saved {
            storage::remove(&key(self.id));
            self.typing.pending.set(false);
        } else {
            self.typing.pending.set(true);
            set_timeout(move || self.send_typed(), PAUSE);
        }
    }

    /// Whether a person has to choose between what is typed here and what was typed elsewhere.
    pub(crate) fn differs_elsewhere(self) -> bool {
        let here = content(self.editor.copy(0));
        let differs = |theirs: &WorkingCopy| !same_words(&content(theirs.clone()), &here);
        !self.deleted.get() && self.elsewhere.with(|theirs| theirs.as_ref().is_some_and(differs))
    }

    /// What is typed now, without the bookkeeping of its saves.
    fn typed_now(self) -> WorkingCopy {
        untrack(|| content(self.editor.copy(0)))
    }

    /// Decides between what is typed here and what was typed elsewhere.
    pub(crate) fn decide_typed(self, take_theirs: bool) {
        let Some(theirs) = self.elsewhere.get_untracked() else { return };
        self.elsewhere.set(None);
        if take_theirs {
            self.editor.load(theirs);
        }
        self.typing.pending.set(true);
        self.send_typed();
    }
}

/// What a copy says, without the bookkeeping of its saves.
fn content(copy: WorkingCopy) -> WorkingCopy {
    WorkingCopy { revision: 0, updated_at: 0, ..copy }
}

/// Whether two copies hold the same words, whatever version they started from.
fn same_words(one: &WorkingCopy, other: &WorkingCopy) -> bool {
    WorkingCopy { base: None, ..one.clone() } == WorkingCopy { base: None, ..other.clone() }
}

fn key(id: PromptId) -> String {
    format!("attune:typed:{id}")
}
