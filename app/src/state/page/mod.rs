//! What belongs to the whole page: the connection, what went wrong, what was done last.

mod command;
mod models;

use std::collections::BTreeSet;

use align::record::{EventId, PromptId};
use leptos::prelude::*;

use crate::api::Connected;
use crate::error::{AppError, ErrorKind};

/// Whether the page hears what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connection {
    /// Events arrive.
    Open,
    /// Not yet.
    Connecting,
    /// Not any more; it is being tried again.
    Lost,
}

/// The page of one prompt. Every region has a copy, so it is only a name of the signals.
#[derive(Clone, Copy)]
pub(crate) struct PageState {
    id: PromptId,
    signals: StoredValue<Signals>,
}

#[derive(Clone, Copy)]
struct Signals {
    /// What went wrong last.
    error: RwSignal<Option<AppError>>,
    /// A short word on what was done last, for the status line.
    notice: ReadSignal<String>,
    set_notice: WriteSignal<String>,
    connection: ReadSignal<Connection>,
    set_connection: WriteSignal<Connection>,
    /// The place in the event stream up to which the state is complete.
    cursor: StoredValue<EventId>,
    is_deleted: RwSignal<bool>,
    /// The connected models, once they are known.
    models: ReadSignal<Option<Connected>>,
    set_models: WriteSignal<Option<Connected>>,
    /// The actions whose requests are in flight; none of them is sent twice at once.
    in_flight: RwSignal<BTreeSet<&'static str>>,
    /// Whether a text box was opened on this page and did not appear yet.
    begun_here: StoredValue<bool>,
    is_showing_shortcuts: RwSignal<bool>,
    is_showing_preview: RwSignal<bool>,
}

impl PageState {
    pub(super) fn new(id: PromptId, cursor: EventId) -> Self {
        let (notice, set_notice) = signal(String::new());
        let (connection, set_connection) = signal(Connection::Connecting);
        let (models, set_models) = signal(None);
        let signals = Signals {
            error: RwSignal::new(None),
            notice,
            set_notice,
            connection,
            set_connection,
            cursor: StoredValue::new(cursor),
            is_deleted: RwSignal::new(false),
            models,
            set_models,
            in_flight: RwSignal::new(BTreeSet::new()),
            begun_here: StoredValue::new(false),
            is_showing_shortcuts: RwSignal::new(false),
            is_showing_preview: RwSignal::new(false),
        };
        Self { id, signals: StoredValue::new(signals) }
    }

    /// The signals, while the page is there.
    fn living(self) -> Option<Signals> {
        self.signals.try_get_value()
    }

    fn signals(self) -> Signals {
        self.signals.get_value()
    }

    /// The prompt.
    pub(crate) fn id(self) -> PromptId {
        self.id
    }

    /// False once the page was left and its signals are gone.
    pub(crate) fn is_alive(self) -> bool {
        self.living().is_some()
    }

    /// What went wrong last; the alert that shows it can put it away.
    pub(crate) fn error(self) -> RwSignal<Option<AppError>> {
        self.signals().error
    }

    /// Shows what went wrong, if the page is still there.
    pub(crate) fn fail(self, error: AppError) {
        if let Some(signals) = self.living() {
            signals.error.set(Some(error));
        }
    }

    /// What went wrong before is over.
    pub(crate) fn clear_error(self) {
        self.error().set(None);
    }

    /// `error` is over; another one stays.
    pub(crate) fn clear_this_error(self, error: &AppError) {
        if self.error().with_untracked(|shown| shown.as_ref() == Some(error)) {
            self.clear_error();
        }
    }

    /// What went wrong is over if it is of this kind.
    pub(crate) fn clear_error_of(self, kind: ErrorKind) {
        if self.error().with_untracked(|shown| shown.as_ref().is_some_and(|it| it.kind == kind)) {
            self.clear_error();
        }
    }

    /// What was done last, in short.
    pub(crate) fn notice(self) -> ReadSignal<String> {
        self.signals().notice
    }

    /// Tells what was done, if the page is still there.
    pub(crate) fn tell(self, notice: impl Into<String>) {
        if let Some(signals) = self.living() {
            signals.set_notice.set(notice.into());
        }
    }

    /// Whether events arrive.
    pub(crate) fn connection(self) -> ReadSignal<Connection> {
        self.signals().connection
    }

    pub(super) fn set_connection(self, connection: Connection) {
        if let Some(signals) = self.living() {
            signals.set_connection.set(connection);
        }
    }

    /// The place in the event stream up to which the state is complete; `None` once the page was left.
    pub(super) fn cursor(self) -> Option<EventId> {
        Some(self.living()?.cursor.get_value())
    }

    pub(super) fn set_cursor(self, cursor: EventId) {
        self.signals().cursor.set_value(cursor);
    }

    /// Whether the prompt was deleted.
    pub(crate) fn is_deleted(self) -> bool {
        self.signals().is_deleted.get()
    }

    pub(super) fn set_deleted(self, is_deleted: bool) {
        self.signals().is_deleted.set(is_deleted);
    }

    /// The connected models, once they are known.
    pub(crate) fn models(self) -> ReadSignal<Option<Connected>> {
        self.signals().models
    }

    /// Takes up which models are connected, if the page is still there.
    fn set_models(self, models: Connected) {
        if let Some(signals) = self.living() {
            signals.set_models.set(Some(models));
        }
    }

    /// Whether the list of shortcuts is open.
    pub(crate) fn is_showing_shortcuts(self) -> bool {
        self.signals().is_showing_shortcuts.get()
    }

    /// Opens or closes the list of shortcuts.
    pub(crate) fn show_shortcuts(self, is_open: bool) {
        self.signals().is_showing_shortcuts.set(is_open);
    }

    /// Whether the preview of what a run sends is open.
    pub(crate) fn is_showing_preview(self) -> bool {
        self.signals().is_showing_preview.get()
    }

    /// Opens or closes the preview of what a run sends.
    pub(crate) fn show_preview(self, is_open: bool) {
        self.signals().is_showing_preview.set(is_open);
    }

    /// A person opens a text box on this page.
    pub(crate) fn begin_here(self) {
        self.signals().begun_here.set_value(true);
    }

    /// Whether a person opened a text box on this page just now. Only then does it take the focus: it may
    /// have been opened on another page, or before this one was loaded. True once.
    pub(crate) fn is_begun_here(self) -> bool {
        self.signals().begun_here.try_update_value(std::mem::take).unwrap_or_default()
    }
}
