//! Lists whose rows stay the same elements while they are there.

use leptos::prelude::*;

/// A row: what tells it from the others, and how it is made.
pub(crate) struct Entry {
    key: String,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Entry {
    /// A row that is made by `view` when a row of this key comes into the list.
    pub(crate) fn new<V: IntoView + 'static>(
        key: impl ToString,
        view: impl FnOnce() -> V + Send + 'static,
    ) -> Self {
        Self { key: key.to_string(), view: Box::new(move || view().into_any()) }
    }
}

/// Shows `entries` and follows them: a row is made once, then moved and removed by its key. One kind of
/// row for all lists, because Leptos' own `For` is compiled anew for each kind.
#[component]
pub(crate) fn List(
    /// The entries in order.
    entries: Box<dyn Fn() -> Vec<Entry> + Send + Sync>,
) -> impl IntoView {
    view! { <For each=entries key=|entry| entry.key.clone() children=|entry| (entry.view)()/> }
}
