//! The History sheet.

use leptos::prelude::*;

/// Whether the sheet is open.
#[derive(Clone, Copy)]
pub(crate) struct HistoryState {
    is_open: RwSignal<bool>,
}

impl HistoryState {
    pub(super) fn new() -> Self {
        Self { is_open: RwSignal::new(false) }
    }

    /// Whether the sheet is open.
    pub(crate) fn is_open(self) -> bool {
        self.is_open.get()
    }

    /// Opens or closes the sheet.
    pub(crate) fn show(self, is_open: bool) {
        self.is_open.set(is_open);
    }
}
