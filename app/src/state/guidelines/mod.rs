//! The guidelines of the prompt, and what the alignment model is asked about them.

mod consultations;
mod evidence;
mod list;

use align::record::{Consultation, Guideline, GuidelineId, StartFrom};
use leptos::prelude::*;

use super::PageState;

/// Guidelines and consultations.
#[derive(Clone, Copy)]
pub(crate) struct GuidelineState {
    page: PageState,
    /// The guidelines of the prompt, in order.
    list: ReadSignal<Vec<Guideline>>,
    set_list: WriteSignal<Vec<Guideline>>,
    /// What the alignment model was asked about runs and nobody put away yet, oldest first.
    consultations: ReadSignal<Vec<Consultation>>,
    set_consultations: WriteSignal<Vec<Consultation>>,
    /// How many changes of guidelines are on their way to the server.
    changes_on_their_way: StoredValue<u32>,
    /// A rewrite that waits for them.
    rewrite_waits: StoredValue<Option<(StartFrom, u8)>>,
    /// When a guideline was removed last, in milliseconds.
    removed_at_ms: StoredValue<u64>,
    /// The guideline that is being dragged.
    dragged: RwSignal<Option<GuidelineId>>,
    /// Whether the changes of the guidelines are open.
    is_showing_changes: RwSignal<bool>,
    /// Whether the guideline sets are open.
    is_showing_sets: RwSignal<bool>,
}

impl GuidelineState {
    pub(super) fn new(
        page: PageState,
        list: Vec<Guideline>,
        consultations: Vec<Consultation>,
    ) -> Self {
        let (consultations, set_consultations) = signal(consultations);
        let (list, set_list) = signal(list);
        Self {
            page,
            list,
            set_list,
            consultations,
            set_consultations,
            changes_on_their_way: StoredValue::new(0),
            rewrite_waits: StoredValue::new(None),
            removed_at_ms: StoredValue::new(0),
            dragged: RwSignal::new(None),
            is_showing_changes: RwSignal::new(false),
            is_showing_sets: RwSignal::new(false),
        }
    }

    pub(super) fn reload(self, list: Vec<Guideline>, consultations: Vec<Consultation>) {
        self.set_list.set(list);
        self.set_consultations.set(consultations);
    }

    /// The guideline that is being dragged; the list binds to it.
    pub(crate) fn dragged(self) -> RwSignal<Option<GuidelineId>> {
        self.dragged
    }

    /// Follows everything that adds or removes controls.
    pub(crate) fn track_controls(self) {
        self.list.track();
        self.consultations.track();
    }

    /// Whether the changes of the guidelines are open.
    pub(crate) fn is_showing_changes(self) -> bool {
        self.is_showing_changes.get()
    }

    /// Opens or closes the changes of the guidelines.
    pub(crate) fn show_changes(self, is_open: bool) {
        self.is_showing_changes.set(is_open);
    }

    /// Whether the guideline sets are open.
    pub(crate) fn is_showing_sets(self) -> bool {
        self.is_showing_sets.get()
    }

    /// Opens or closes the guideline sets.
    pub(crate) fn show_sets(self, is_open: bool) {
        self.is_showing_sets.set(is_open);
    }
}
