//! All drafts at hand, as tabs.

use align::direct::is_near_identical;
use align::record::{Draft, DraftId, DraftState};
use leptos::prelude::*;

use super::super::use_workbench;
use crate::browser;
use crate::components::live::use_live;

/// One tab per draft; there when there is more than the shown one to see. Arrow keys go from tab to tab.
#[component]
pub(super) fn Candidates() -> impl IntoView {
    let refine = use_workbench().refine;
    let all = Memo::new(move |_| {
        refine.drafts().with(|drafts| {
            let tabs = drafts.iter().map(|draft| (draft.id, summary(draft, drafts)));
            tabs.collect::<Vec<_>>()
        })
    });
    let shown = Memo::new(move |_| refine.draft().map(|draft| draft.id));
    // Without a shown one, the last tab can be reached by Tab.
    let reached =
        Memo::new(move |_| shown.get().or_else(|| all.with(|all| all.last().map(|(id, _)| *id))));
    // A tab that gets another name stays the same element, and keeps the focus.
    let name = move |id| {
        let named = |all: &Vec<(DraftId, String)>| {
            all.iter().find(|(known, _)| *known == id).map(|(_, label)| label.clone())
        };
        all.with(named).unwrap_or_default()
    };
    let needed = move || all.with(|all| all.len() > 1 || shown.get().is_none());
    view! {
        <Show when=needed>
            <div
                class="candidates"
                role="tablist"
                aria-label="Drafts"
                on:keydown=move |event| browser::walk_tabs(&event)
            >
                <For each=move || all.get() key=|(id, _)| *id let((id, _))>
                    <Tab id label=Memo::new(move |_| name(id)) shown reached/>
                </For>
            </div>
        </Show>
    }
}

#[component]
fn Tab(
    id: DraftId,
    label: Memo<String>,
    shown: Memo<Option<DraftId>>,
    reached: Memo<Option<DraftId>>,
) -> impl IntoView {
    let refine = use_workbench().refine;
    let live = use_live();
    let choose = move |_| {
        refine.choose_draft(id);
    };
    view! {
        <button
            type="button"
            role="tab"
            class="button quiet small"
            disabled=Signal::derive(move || !live.get())
            tabindex=Signal::derive(move || if reached.get() == Some(id) { "0" } else { "-1" })
            aria-selected=Signal::derive(move || (shown.get() == Some(id)).to_string())
            on:click=choose
        >
            {label}
        </button>
    }
}

fn summary(draft: &Draft, all: &[Draft]) -> String {
    let name = format!("Draft {} on v{}", draft.number, draft.base);
    match draft.state {
        DraftState::Drafting => format!("{name} (writing)"),
        DraftState::Ready => match like(draft, all) {
            Some(other) => format!("{name} (nearly the same as draft {other})"),
            None => name,
        },
        DraftState::Accepted { .. } => format!("{name} (accepted)"),
        DraftState::Rejected => format!("{name} (rejected)"),
        DraftState::Stopped => format!("{name} (stopped)"),
        DraftState::Failed => format!("{name} (failed)"),
        DraftState::Interrupted => format!("{name} (interrupted)"),
    }
}

/// The number of an earlier draft, asked for together with this one, that says nearly the same.
fn like(draft: &Draft, all: &[Draft]) -> Option<u32> {
    let text = draft.text()?;
    let batch = draft.batch?;
    let earlier = all.iter().filter(|it| it.batch == Some(batch) && it.number < draft.number);
    let is_like = |it: &&Draft| it.text().is_some_and(|other| is_near_identical(other, text));
    earlier.into_iter().find(is_like).map(|it| it.number)
}
