//! The event stream of the prompt: connecting, and what a person is told when it breaks.

use std::rc::Rc;
use std::time::Duration;

use align::record::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::WorkbenchState;
use crate::api;
use crate::browser::events::{Listener, StreamEvent};
use crate::error::AppError;
use crate::state::Connection;

/// How long to wait before connecting again when the browser gave up.
const RECONNECT: Duration = Duration::from_secs(1);

/// How long the server may be away before that is said aloud: a restart is shorter.
const PATIENCE: Duration = Duration::from_secs(3);

/// The one open connection of a page; it closes when the page's effects end.
type Slot = StoredValue<Option<Listener>, LocalStorage>;

impl WorkbenchState {
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
        let Some(cursor) = self.page.cursor() else { return };
        let handler = Rc::new(move |event| match event {
            StreamEvent::Open => self.reached(),
            StreamEvent::Event(_, event) if *event == Event::Reset => self.start_over(slot),
            StreamEvent::Event(id, event) => self.apply(id, *event),
            StreamEvent::Broken => self.reconnect(slot),
        });
        slot.try_set_value(Listener::open(self.page.id(), cursor, handler));
    }

    /// The server answers: what was said about its absence is over.
    fn reached(self) {
        self.page.set_connection(Connection::Open);
        self.page.clear_this_error(&AppError::offline());
    }

    /// The server does not answer. Whoever only looks at a page is told, too, once, and not over
    /// something else that went wrong.
    fn lost(self) {
        let is_lost = move || {
            self.page.is_alive() && self.page.connection().get_untracked() == Connection::Lost
        };
        if is_lost() {
            return;
        }
        self.page.set_connection(Connection::Lost);
        let tell = move || {
            if is_lost() && self.page.error().with_untracked(Option::is_none) {
                self.page.fail(AppError::offline());
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
            match api::load_workbench(self.page.id()).await {
                Ok(snapshot) if self.page.is_alive() => {
                    self.reload(snapshot);
                    self.connect(slot);
                }
                Err(_) if self.page.is_alive() => {
                    set_timeout(move || self.start_over(slot), RECONNECT);
                }
                _ => {}
            }
        });
    }
}
