//! The list of guidelines, in the order in which rewrites follow them.

use align::record::Reworded;
use leptos::prelude::*;

use super::super::super::use_workbench;
use super::row::Row;
use crate::components::{Button, ButtonKind};

/// The heading, and what concerns the whole list.
#[component]
pub(super) fn Head() -> impl IntoView {
    let workbench = use_workbench();
    view! {
        <div class="guidelines-head">
            <h3 id="guidelines-title">"Guidelines"</h3>
            <Button kind=ButtonKind::Quiet on_press=move |()| workbench.guidelines.show_changes(true)>
                "Changes"
            </Button>
            <Button kind=ButtonKind::Quiet on_press=move |()| workbench.guidelines.show_sets(true)>
                "Guideline sets"
            </Button>
        </div>
    }
}

/// One row per guideline, and per guideline that is gone while its text was being changed.
#[component]
pub(super) fn GuidelineList() -> impl IntoView {
    let workbench = use_workbench();
    let ids = Memo::new(move |_| {
        let ids = workbench
            .guidelines
            .list()
            .with(|all| all.iter().map(|guideline| guideline.id).collect());
        workbench.prompt.and_reworded(ids, |of| match of {
            Reworded::Guideline(id) => Some(id),
            Reworded::Feedback(_) => None,
        })
    });
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    view! {
        <Show when=move || is_empty.get()>
            <p class="muted">
                "None yet. A guideline is one short rule that the prompt should follow, such as “Name sources.” Give a critique, kudos or an edited output to distil one, or write it yourself."
            </p>
        </Show>
        <ol class="guideline-list" aria-labelledby="guidelines-title">
            <For each=move || ids.get() key=|id| *id let(id)>
                <Row id/>
            </For>
        </ol>
    }
}
