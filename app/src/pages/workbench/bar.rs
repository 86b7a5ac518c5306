//! The bar at the top: where one is, which version, History.

use leptos::prelude::*;

use super::history::HistoryButton;
use super::use_bench;
use crate::components::Header;
use crate::state::Connection;

/// The bar of the workbench.
#[component]
pub(super) fn Bar() -> impl IntoView {
    let bench = use_bench();
    let title = move || bench.head.with(|head| head.title.clone());
    let badge = move || {
        let unsaved = if bench.has_typed_changes() { " · edited" } else { "" };
        bench.newest.with(|newest| match newest {
            Some(version) => {
                let summary = &version.summary;
                format!("v{} · {}{unsaved}", summary.number, summary.origin.label())
            }
            None => "not saved as a version yet".to_owned(),
        })
    };
    view! {
        <Header crumbs=move || view! {
            <a href="/">"Prompts"</a>
            <span aria-hidden="true">"/"</span>
            <strong class="crumb-title">{title}</strong>
            <span class="badge">{badge}</span>
        }>
            <span class="saving muted" role="status">{move || saving(bench)}</span>
            <HistoryButton/>
        </Header>
    }
}

/// Whether typed text is safe, in a word.
fn saving(bench: crate::state::Bench) -> &'static str {
    let offline = bench.connection.get() == Connection::Lost || bench.is_unreached();
    match (bench.is_saving(), offline) {
        (true, false) if bench.is_refused() => "Not saved yet: typing is kept in this browser",
        (false, false) => "",
        (false, true) => "Offline: trying to reach the server",
        (true, false) => "Saving…",
        (true, true) => "Offline: typing is kept in this browser",
    }
}
