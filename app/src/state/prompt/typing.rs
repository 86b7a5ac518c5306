//! Keeping what is typed: carries out what [`crate::sync::typing`] decides.

use std::time::Duration;

use align::record::{PromptId, SeenText, Version, WorkingCopy};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::PromptState;
use crate::api;
use crate::browser::{page_name, storage};
use crate::error::ErrorKind;
use crate::state::Connection;
use crate::sync::Side;
use crate::sync::merge::Merged;
use crate::sync::typed::{PromptText, Typed};
use crate::sync::typing::{self, Event, Kept, Notice, Typing};

/// What a version says that keeps the text which was not chosen.
const NOT_CHOSEN: &str = "Kept when another text was chosen";

/// What the browser keeps until the server confirmed it. Older pages left it without `left_behind`.
#[derive(Serialize, Deserialize)]
struct Stored {
    copy: WorkingCopy,
    sent: Option<WorkingCopy>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left_behind: Vec<Stored>,
}

impl From<Kept<Typed>> for Stored {
    fn from(kept: Kept<Typed>) -> Self {
        Self {
            copy: kept.text.into_copy(kept.revision),
            sent: kept.sent.map(|sent| sent.into_copy(0)),
            left_behind: kept.left_behind.into_iter().map(Self::from).collect(),
        }
    }
}

impl From<Stored> for Kept<Typed> {
    fn from(stored: Stored) -> Self {
        Self {
            revision: stored.copy.revision,
            text: stored.copy.into(),
            sent: stored.sent.map(Typed::from),
            left_behind: stored.left_behind.into_iter().map(Self::from).collect(),
        }
    }
}

/// The typing of one page.
#[derive(Clone, Copy)]
pub(super) struct TypedText {
    machine: RwSignal<Typing<Typed>>,
    /// The name of this page, in the events of its saves and in the browser's storage.
    page: StoredValue<String>,
}

impl TypedText {
    pub(super) fn new(copy: &WorkingCopy) -> Self {
        let (typed, revision) = (Typed::from(copy.clone()), copy.revision);
        Self {
            machine: RwSignal::new(Typing::new(typed, revision)),
            page: StoredValue::new(String::new()),
        }
    }
}

/// Whether a version answers what stands in the Feedback box: the server empties it then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answered {
    /// It does.
    Yes,
    /// It does not.
    No,
}

impl PromptState {
    /// Whether something typed is not confirmed by the server yet.
    pub(crate) fn is_saving(self) -> bool {
        self.typing.machine.with(Typing::is_saving)
    }

    /// Whether the last save did not reach the server.
    pub(crate) fn is_unreached(self) -> bool {
        self.typing.machine.with(Typing::is_unreached)
    }

    /// Whether the server did not take the last save: its disk is full, for example.
    pub(crate) fn is_refused(self) -> bool {
        self.typing.machine.with(Typing::is_refused)
    }

    /// Both texts, while a person has to choose between what is typed here and what was typed elsewhere.
    pub(crate) fn typed_twice(self) -> Option<Merged<Typed>> {
        if self.page.is_deleted() { None } else { self.typing.machine.with(Typing::question) }
    }

    /// Takes up what earlier pages kept in the browser, then keeps whatever is typed. Call it once, in an
    /// effect.
    pub(crate) fn keep_typing(self) {
        self.typing.page.set_value(page_name());
        // Text boxes first take over what was typed into them before the page was live.
        set_timeout(move || self.take_up_kept(), Duration::ZERO);
        Effect::new(move |before: Option<()>| {
            let typed = self.editor.typed();
            self.feed(Event::Typed(typed));
            // What could not be done with the words before may be possible with these. Why they are not
            // saved stays until they are.
            if before.is_some() && !untrack(|| self.is_refused()) {
                self.page.clear_error_of(ErrorKind::Invalid);
            }
        });
        // Whoever leaves the page finds on the next one what was typed here.
        on_cleanup(move || self.send_typed());
        // After a break in the connection, the server has to hear what was typed meanwhile.
        Effect::new(move || {
            if self.page.connection().get() == Connection::Open {
                self.feed(Event::Connected);
            }
        });
    }

    /// Goes on with what earlier pages kept.
    fn take_up_kept(self) {
        if !self.page.is_alive() {
            return;
        }
        let found = storage::keys(&key(self.page.id()));
        let kept = found.iter().filter_map(|key| storage::read::<Stored>(key));
        self.feed(Event::Found(kept.map(Kept::from).collect()));
        // This page keeps it from now on.
        for key in found.iter().filter(|key| **key != self.key()) {
            storage::remove(key);
        }
    }

    /// Sends what is typed now, without waiting for a pause.
    pub(crate) fn send_typed(self) {
        self.feed(Event::Flush);
    }

    /// Another page saved what was typed there, or the server put something else into the editor.
    pub(crate) fn typed_elsewhere(self, page: &str, revision: u64) {
        if self.typing.page.with_value(|ours| ours != page) {
            self.feed(Event::SavedElsewhere(revision));
        }
    }

    /// The page was loaded again, and with it what the server holds.
    pub(crate) fn typed_reloaded(self, copy: WorkingCopy) {
        let revision = copy.revision;
        self.feed(Event::Reloaded(copy.into(), revision));
    }

    /// What is typed, as the server has to know it before another text takes its place. It is told even
    /// when nothing is unsaved: the server's copy of the typing may be older than this page.
    pub(crate) fn seen(self, typed: &Typed) -> SeenText {
        let revision = self.typing.machine.with_untracked(Typing::revision);
        SeenText { prompt: typed.text.prompt.clone(), revision }
    }

    /// Puts a version in place of what was typed. `seen` is what it replaces, which is kept already: what
    /// was typed since stays.
    pub(crate) fn show_version(self, version: &Version, seen: Typed, feedback: Answered) {
        let text =
            PromptText { prompt: version.prompt.clone(), base: Some(version.summary.number) };
        let mut by = Typed { text, boxes: seen.boxes.clone() };
        if feedback == Answered::Yes {
            by.boxes.feedback.clear();
        }
        self.feed(Event::Replaced { seen, by });
    }

    /// Whether it is being decided which of two texts stays.
    pub(super) fn is_deciding_typed(self) -> bool {
        self.typing.machine.with_untracked(Typing::is_deciding)
    }

    /// Decides between what is typed here and what was typed elsewhere.
    pub(crate) fn decide_typed(self, side: Side) {
        self.feed(Event::Chosen(side));
    }

    fn feed(self, event: Event<Typed>) {
        if !self.page.is_alive() {
            return;
        }
        // What was typed a moment ago comes before whatever else happened.
        let typed = untrack(|| self.editor.typed());
        let effects = self.typing.machine.try_update(|machine| {
            let mut effects = machine.on(Event::Typed(typed));
            effects.extend(machine.on(event));
            effects
        });
        for effect in effects.unwrap_or_default() {
            self.carry_out(effect);
        }
    }

    fn carry_out(self, effect: typing::Effect<Typed>) {
        match effect {
            typing::Effect::Keep(kept) => storage::write(&self.key(), &Stored::from(kept)),
            typing::Effect::Forget => storage::remove(&self.key()),
            typing::Effect::Show(typed) => {
                let before = untrack(|| self.editor.typed());
                self.remember_discarded(&before.boxes, &typed.boxes);
                self.editor.load(typed);
            }
            typing::Effect::Send { turn, text, revision } => {
                let page = self.typing.page.get_value();
                let save = api::save_working_copy(self.page.id(), page, text.into_copy(revision));
                spawn_local(async move { self.feed(Event::Sent(turn, save.await)) });
            }
            typing::Effect::Load(turn) => spawn_local(async move {
                let outcome = api::load_working_copy(self.page.id()).await;
                let loaded = outcome.map(|copy| (Typed::from(copy.clone()), copy.revision));
                self.feed(Event::Loaded(turn, loaded));
            }),
            typing::Effect::SaveVersion(turn, text) => spawn_local(async move {
                let note = NOT_CHOSEN.to_owned();
                let saved = api::save_version(self.page.id(), text.prompt, text.base, note).await;
                if self.page.is_alive() {
                    let number = saved.as_ref().map(|version| version.summary.number);
                    let number = number.map_err(Clone::clone);
                    self.take_newest(saved.ok());
                    self.feed(Event::VersionSaved(turn, number));
                }
            }),
            typing::Effect::Wait(turn, milliseconds) => {
                let pause = Duration::from_millis(milliseconds.into());
                set_timeout(move || self.feed(Event::Woke(turn)), pause);
            }
            typing::Effect::Tell(notice) => self.tell_typing(notice),
        }
    }

    fn tell_typing(self, notice: Notice) {
        match notice {
            Notice::Refused(error) | Notice::NotKept(error) => self.page.fail(error),
            Notice::Saved(over) => {
                self.page.clear_this_error(&over);
                self.page.tell("What you typed is saved.");
            }
            Notice::KeptAs(number) => {
                self.page.tell(format!("The text that was not chosen is kept as v{number}."));
            }
        }
    }

    fn key(self) -> String {
        format!("{}:{}", key(self.page.id()), self.typing.page.get_value())
    }
}

/// Where text of a prompt is kept; each page adds its name. Older pages added none.
fn key(id: PromptId) -> String {
    format!("attune:typed:{id}")
}
