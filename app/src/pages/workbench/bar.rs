//! The bar at the top: where one is, which version, History.

use leptos::prelude::*;

use super::history::HistoryButton;
use super::use_workbench;
use crate::components::Header;
use crate::state::{Connection, WorkbenchState};

/// The bar of the workbench.
#[component]
pub(super) fn Bar() -> impl IntoView {
    let workbench = use_workbench();
    let title = move || workbench.prompt.title();
    let badge = move || {
        let unsaved = if workbench.prompt.has_typed_changes() { " · edited" } else { "" };
        workbench.prompt.newest().with(|newest| match newest {
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
            <span class="saving muted" role="status">{move || saving(workbench)}</span>
            <HistoryButton/>
        </Header>
    }
}

/// Whether typed text is safe, in a word.
fn saving(workbench: WorkbenchState) -> &'static str {
    let offline =
        workbench.page.connection().get() == Connection::Lost || workbench.prompt.is_unreached();
    match (workbench.prompt.is_saving(), offline) {
        (true, false) if workbench.prompt.is_refused() => {
            "Not saved yet: typing is kept in this browser"
        }
        (false, false) => "",
        (false, true) => "Offline: trying to reach the server",
        (true, false) => "Saving…",
        (true, true) => "Offline: typing is kept in this browser",
    }
}
