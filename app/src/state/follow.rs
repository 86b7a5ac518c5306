//! Following the event stream: how each event changes the state.

use std::rc::Rc;
use std::time::Duration;

use align::record::{
    Draft, DraftId, DraftState, Event, EventId, PlacedFeedback, Run, RunId, RunState, Waiting,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bench::{Bench, Connection, split};
use crate::api;
use crate::browser::events::{Listener, StreamEvent};
use crate::error::AppError;

/// How long to wait before connecting again when the browser gave up.
const RECONNECT: Duration = Duration::from_secs(1);

/// How long the server may be away before that is said aloud: a restart is shorter.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long what arrives is gathered before it is shown: a frame of most screens. A timer, because
/// pages behind others are not given frames.
const FRAME: Duration = Duration::from_millis(16);

/// The one open connection of a page; it closes when the page's effects end.
type Slot = StoredValue<Option<Listener>, LocalStorage>;

impl Bench {
    /// Listens for as long as the page is there and visible. A hidden page lets its connection go:
    /// browsers allow six per server, and a tab nobody looks at must not use one up. Call it in an
    /// effect.
    pub(crate) fn follow(self) {
        let slot: Slot = StoredValue::new_local(None);
        self.connect(slot);
        let visibility = window_event_listener_untyped("visibilitychange", move |_| {
            if document().hidden() {
                slot.set_value(None);
            } else if slot.with_value(Option::is_none) {
                self.connect(slot);
            }
        });
        on_cleanup(move || visibility.remove());
    }

    fn connect(self, slot: Slot) {
        let Some(cursor) = self.cursor.try_get_untracked() else { return };
        let handler = Rc::new(move |event| match event {
            StreamEvent::Open => self.reached(),
            StreamEvent::Event(_, event) if *event == Event::Reset => self.start_over(slot),
            StreamEvent::Event(id, event) => self.apply(id, *event),
            StreamEvent::Broken => self.reconnect(slot),
        });
        slot.try_set_value(Listener::open(self.id, cursor, handler));
    }

    /// The server answers: what was said about its absence is over.
    fn reached(self) {
        self.connection.set(Connection::Open);
        if self.error.with_untracked(|shown| *shown == Some(AppError::offline())) {
            self.error.set(None);
        }
    }

    /// The server does not answer. Whoever only looks at a page is told, too, once, and not over
    /// something else that went wrong.
    fn lost(self) {
        let known = self.connection.try_get_untracked();
        self.connection.try_set(Connection::Lost);
        if known == Some(Connection::Lost) {
            return;
        }
        let tell = move || {
            let is_lost = self.connection.try_get_untracked() == Some(Connection::Lost);
            if is_lost && self.error.with_untracked(Option::is_none) {
                self.error.set(Some(AppError::offline()));
            }
        };
        set_timeout(tell, PATIENCE);
    }

    /// The browser connects again by itself unless the server answered something else than a stream.
    fn reconnect(self, slot: Slot) {
        self.lost();
        let closed =
            slot.try_with_value(|listener| listener.as_ref().is_none_or(Listener::is_closed));
        if closed == Some(true) {
            set_timeout(move || self.connect(slot), RECONNECT);
        }
    }

    /// Loads the snapshot and listens from there.
    fn start_over(self, slot: Slot) {
        slot.set_value(None);
        spawn_local(async move {
            match api::load_workbench(self.id).await {
                Ok(snapshot) if self.is_alive() => {
                    self.reload(snapshot);
                    self.connect(slot);
                }
                Err(_) if self.is_alive() => {
                    set_timeout(move || self.start_over(slot), RECONNECT);
                }
                _ => {}
            }
        });
    }

    /// False once the page was left and its signals are gone.
    pub(crate) fn is_alive(self) -> bool {
        self.cursor.try_get_untracked().is_some()
    }

    fn apply(self, id: EventId, event: Event) {
        if !self.is_alive() {
            return;
        }
        if !matches!(event, Event::RunDelta { .. } | Event::DraftDelta { .. }) {
            self.show_now();
        }
        match event {
            Event::Run(run) => self.take_run(*run),
            Event::RunDelta { run_id, offset, text, first_token_ms } => {
                self.take_output(run_id, offset, &text, first_token_ms);
            }
            Event::RunWaiting { run_id, waiting } => self.wait_run(run_id, waiting),
            Event::Draft(draft) => self.take_draft(*draft),
            Event::DraftWaiting { draft_id, waiting } => self.wait_draft(draft_id, waiting),
            Event::DraftDelta { draft_id, tries, offset, text } => {
                self.take_reply(draft_id, tries, offset, &text);
            }
            Event::Version(version) => self.take_newest(Some(*version)),
            Event::Feedback(piece) => self.take_piece(piece),
            Event::FeedbackGone(gone) => {
                self.pieces.update(|pieces| pieces.retain(|piece| piece.id != gone));
            }
            Event::Head(head) => {
                self.head.set(*head);
                self.deleted.set(false);
            }
            Event::WorkingCopy { page, revision } => self.typed_elsewhere(&page, revision),
            Event::Deleted => self.deleted.set(true),
            Event::Guidelines(guidelines) => self.take_guidelines(guidelines),
            Event::Consultation(consultation) => self.take_consultation(*consultation),
            Event::ConsultationWaiting { consultation_id, waiting } => {
                self.wait_consultation(consultation_id, waiting);
            }
            Event::Reset => {}
        }
        self.cursor.set(id);
    }

    /// Shows a run that started, or the new state of the shown one.
    pub(crate) fn take_run(self, run: Run) {
        let shown = self.run.get_untracked();
        match shown {
            Some(shown) if shown.id > run.id => return,
            Some(shown) if shown.id < run.id => {
                let output = self.output.get_untracked();
                if shown.version < run.version && !output.is_empty() {
                    self.before.set(Some(Run { output, ..shown }));
                }
                self.pieces.set(Vec::new());
            }
            _ => {}
        }
        let (run, output) = split(Some(run));
        if self.output.with_untracked(|shown| *shown != output) {
            self.output.set(output);
        }
        self.run.set(run);
    }

    fn wait_run(self, id: RunId, waiting: Option<Waiting>) {
        self.run.update(|run| {
            if let Some(run) = run.as_mut().filter(|run| is_waiting(run, id)) {
                run.waiting = waiting;
            }
        });
    }

    fn wait_draft(self, id: DraftId, waiting: Option<Waiting>) {
        self.drafts.update(|drafts| {
            let draft = drafts.iter_mut().find(|draft| draft.id == id);
            if let Some(draft) = draft.filter(|draft| draft.state == DraftState::Drafting) {
                draft.waiting = waiting;
            }
        });
    }

    fn take_output(self, id: RunId, offset: u64, text: &str, first_token_ms: u32) {
        let shown =
            self.run.with_untracked(|run| run.as_ref().map(|run| (run.id, run.first_token_ms)));
        let Some((_, first)) = shown.filter(|(shown, _)| *shown == id) else { return };
        if first.is_none() {
            self.run.update(|run| {
                if let Some(run) = run {
                    run.first_token_ms = Some(first_token_ms);
                }
            });
        }
        self.output.update_untracked(|output| append(output, offset, text));
        self.show_soon();
    }

    /// Shows what arrived a frame later. Models send faster than anybody sees, and a long table or
    /// list takes a while to show: shown once for each delta, it would fall behind.
    fn show_soon(self) {
        if self.arrived.get_value() {
            return;
        }
        self.arrived.set_value(true);
        set_timeout(move || self.show_now(), FRAME);
    }

    /// Shows what arrived, unless it is shown already: no state may be told before its text.
    fn show_now(self) {
        if self.arrived.try_get_value() == Some(true) {
            self.arrived.set_value(false);
            self.output.notify();
            self.drafts.notify();
        }
    }

    /// Adds a draft or replaces it; a new one is shown.
    pub(crate) fn take_draft(self, draft: Draft) {
        let id = draft.id;
        let is_new = self.drafts.with_untracked(|drafts| drafts.iter().all(|known| known.id != id));
        if is_new {
            self.chosen_draft.set(None);
        }
        let draft = self.with_choice(draft);
        self.drafts.update(|drafts| match drafts.iter_mut().find(|known| known.id == id) {
            Some(known) => *known = draft,
            None => drafts.push(draft),
        });
        self.follow_edits(id);
    }

    fn take_reply(self, id: DraftId, tries: u8, offset: u64, text: &str) {
        self.drafts.update_untracked(|drafts| {
            let Some(draft) = drafts.iter_mut().find(|draft| draft.id == id) else { return };
            if draft.tries != tries {
                draft.tries = tries;
                draft.reply.clear();
            }
            append(&mut draft.reply, offset, text);
        });
        self.show_soon();
    }

    /// Adds a kept piece of feedback on the shown run, or replaces it.
    pub(crate) fn take_piece(self, piece: PlacedFeedback) {
        let shown = self.run.with_untracked(|run| run.as_ref().map(|run| run.id));
        if shown != Some(piece.run_id) {
            return;
        }
        self.pieces.update(|pieces| match pieces.iter_mut().find(|known| known.id == piece.id) {
            Some(known) => *known = piece,
            None => pieces.push(piece),
        });
    }
}

/// Whether a word on waiting is news to this run: not after its end, when events come again.
fn is_waiting(run: &Run, id: RunId) -> bool {
    run.id == id && run.state == RunState::Running
}

/// Appends a delta that begins at byte `offset`, leaving out what is there already. A delta behind a
/// gap is left out: the state event at the end holds everything.
fn append(text: &mut String, offset: u64, delta: &str) {
    let known = text.len() as u64;
    let Some(seen) = known.checked_sub(offset) else { return };
    if let Some(new) = usize::try_from(seen).ok().and_then(|seen| delta.get(seen..)) {
        text.push_str(new);
    }
}

#[cfg(test)]
mod tests {
    use super::append;

    fn check(text: &str, offset: u64, delta: &str, expected: &str) {
        let mut text = text.to_owned();
        append(&mut text, offset, delta);
        assert_eq!(text, expected);
    }

    #[test]
    fn deltas_arrive_once_whatever_is_repeated() {
        check("", 0, "Hello", "Hello");
        check("Hello", 5, " you", "Hello you");
        check("Hello", 3, "lo you", "Hello you");
        check("Hello", 0, "Hello", "Hello");
        check("Hello", 9, "gap", "Hello");
        check("é", 1, "x", "é");
    }
}
