//! Variables without a value: a run waits until a person says that they are to be empty.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::PromptState;

/// What a person was asked and said about variables without a value, on this page.
#[derive(Clone, Copy)]
pub(super) struct Missing {
    /// Whether a run was asked for that has to wait.
    is_asked: RwSignal<bool>,
    /// The variables that may be empty.
    may_be_empty: RwSignal<BTreeSet<String>>,
}

impl Missing {
    pub(super) fn new() -> Self {
        Self { is_asked: RwSignal::new(false), may_be_empty: RwSignal::new(BTreeSet::new()) }
    }
}

impl PromptState {
    /// The variables whose values a run waits for; none while no run was asked for.
    pub(crate) fn missing(self) -> Vec<String> {
        if self.missing.get_value().is_asked.get() { self.not_allowed() } else { Vec::new() }
    }

    /// Whether a run has to wait for values, which is said from now on.
    pub(crate) fn is_held_by_values(self) -> bool {
        let is_held = !self.not_allowed().is_empty();
        self.missing.get_value().is_asked.set(is_held);
        is_held
    }

    /// Those that have no value now may be empty, as long as this page is open.
    pub(crate) fn allow_empty(self) {
        let names = untrack(|| self.editor.without_value());
        self.missing.get_value().may_be_empty.update(|all| all.extend(names));
    }

    fn not_allowed(self) -> Vec<String> {
        let mut names = self.editor.without_value();
        self.missing.get_value().may_be_empty.with(|all| names.retain(|name| !all.contains(name)));
        names
    }
}
