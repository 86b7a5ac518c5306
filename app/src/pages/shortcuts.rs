//! The keyboard shortcuts, as every list of them shows them.

use leptos::prelude::*;

/// Keys and what they do in the workbench.
const SHORTCUTS: &[(&[&str], &str)] = &[
    (&["Ctrl/⌘", "Enter"], "Run; in Feedback: Draft rewrite"),
    (&["Esc"], "Stop"),
    (&["Ctrl/⌘", "Shift", "Enter"], "Accept and re-run"),
    (&["Ctrl/⌘", "S"], "Save version"),
    (&["?"], "Show this list"),
];

/// The list of shortcuts.
#[component]
pub(crate) fn ShortcutList() -> impl IntoView {
    let rows = SHORTCUTS.iter().map(|(keys, what)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view();
        view! { <div><dt>{keys}</dt><dd>{*what}</dd></div> }
    });
    view! { <dl class="shortcuts">{rows.collect_view()}</dl> }
}
