//! Earlier candidates, one click away.

use align::record::{Draft, DraftId, DraftState};
use leptos::prelude::*;

use super::super::use_bench;
use crate::components::list::{Entry, List};
use crate::components::live::use_live;

/// One button per draft; there when there is more than the shown one to see.
#[component]
pub(super) fn Candidates() -> impl IntoView {
    let bench = use_bench();
    let all = Memo::new(move |_| {
        bench.drafts.with(|drafts| drafts.iter().map(summary).collect::<Vec<_>>())
    });
    let shown = Memo::new(move |_| bench.draft().map(|draft| draft.id));
    let entry = move |(id, label): (DraftId, String)| {
        Entry::new(format!("{id} {label}"), move || view! { <Candidate id label shown/> })
    };
    let entries = move || all.get().into_iter().map(entry).collect();
    let needed = move || all.with(|all| all.len() > 1 || shown.get().is_none());
    view! {
        <Show when=needed>
            <ul class="candidates" aria-label="Drafts">
                <List entries=Box::new(entries)/>
            </ul>
        </Show>
    }
}

#[component]
fn Candidate(id: DraftId, label: String, shown: Memo<Option<DraftId>>) -> impl IntoView {
    let bench = use_bench();
    let live = use_live();
    let choose = move |_| {
        bench.editing_draft.set(None);
        bench.chosen_draft.set(Some(id));
    };
    view! {
        <li>
            <button
                type="button"
                class="button quiet small"
                disabled=move || !live.get()
                aria-pressed=move || (shown.get() == Some(id)).to_string()
                on:click=choose
            >
                {label}
            </button>
        </li>
    }
}

fn summary(draft: &Draft) -> (DraftId, String) {
    let state = match draft.state {
        DraftState::Drafting => "writing",
        DraftState::Ready => {
            return (draft.id, format!("Draft {} on v{}", draft.number, draft.base));
        }
        DraftState::Accepted { .. } => "accepted",
        DraftState::Rejected => "rejected",
        DraftState::Stopped => "stopped",
        DraftState::Failed => "failed",
        DraftState::Interrupted => "interrupted",
    };
    (draft.id, format!("Draft {} on v{} ({state})", draft.number, draft.base))
}
