//! The decision on a draft: Accept and re-run, Accept, Edit draft, Reject.

use align::Prompt;
use align::direct::{Finding, chosen};
use align::record::{Draft, DraftState};
use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::live::use_live;
use crate::components::{Button, ButtonKind};
use crate::state::WorkbenchState;

/// The buttons at the foot of a draft, or what was decided.
#[component]
pub(super) fn Decide(current: Memo<Draft>) -> impl IntoView {
    match current.with_untracked(|draft| draft.state) {
        DraftState::Ready => view! { <Buttons current/> }.into_any(),
        DraftState::Accepted { version } => {
            let words = format!("Accepted as v{version}.");
            view! { <p class="decided muted">{words}</p> }.into_any()
        }
        DraftState::Rejected => view! { <p class="decided muted">"Rejected."</p> }.into_any(),
        _ => ().into_any(),
    }
}

#[component]
fn Buttons(current: Memo<Draft>) -> impl IntoView {
    let workbench = use_workbench();
    let base = current.with_untracked(|draft| draft.base);
    let unchanged = move || current.with(|draft| draft.edited.is_none() && proposes_nothing(draft));
    let takes_nothing = Memo::new(move |_| current.with(|draft| takes_nothing(workbench, draft)));
    let blocked = Signal::derive(move || {
        let newest = workbench
            .prompt
            .newest()
            .with(|newest| newest.as_ref().map(|version| version.summary.number));
        unchanged() || takes_nothing.get() || newest != Some(base)
    });
    // What should not be done without a second look is not the obvious thing to press.
    let is_grave = Memo::new(move |_| current.with(has_grave_finding));
    let live = use_live();
    let editing = Memo::new(move |_| workbench.refine.is_editing());
    let edit = move |()| {
        if editing.get_untracked() {
            workbench.refine.finish_edit();
        } else if let Some(taken) = current.with_untracked(|draft| what_is_taken(workbench, draft))
        {
            workbench.refine.begin_edit(&current.get_untracked(), taken);
        }
    };
    view! {
        <p class="takes-nothing muted" role="status">
            {move || takes_nothing.get().then_some(
                "Every change is left out. Take at least one, or reject the draft.",
            )}
        </p>
        <footer class="draft-foot">
            <button
                type="button"
                class="button"
                class:primary=Signal::derive(move || !is_grave.get())
                disabled=Signal::derive(move || !live.get() || blocked.get())
                aria-keyshortcuts="Control+Shift+Enter"
                on:click=move |_| workbench.accept(true, false)
            >
                "Accept and re-run"
            </button>
            <Button disabled=blocked on_press=move |()| workbench.accept(false, false)>"Accept"</Button>
            <Button kind=ButtonKind::Quiet on_press=edit>
                {move || if editing.get() { "Show diff" } else { "Edit draft" }}
            </Button>
            <Button
                kind=ButtonKind::Quiet
                on_press=move |()| workbench.refine.reject()
            >
                "Reject"
            </Button>
        </footer>
    }
}

/// The draft's text without the changes that were left out, as far as its base is at hand.
fn what_is_taken(workbench: WorkbenchState, draft: &Draft) -> Option<Prompt> {
    let text = draft.text()?;
    let base =
        workbench.prompt.newest().get_untracked().filter(|it| it.summary.number == draft.base);
    let taken = base.map(|base| chosen(&base.prompt, text, &draft.left_out));
    Some(taken.unwrap_or_else(|| text.clone()))
}

/// Whether every change is left out, as far as the draft's base is at hand.
fn takes_nothing(workbench: WorkbenchState, draft: &Draft) -> bool {
    let Some(text) = draft.text().filter(|_| !draft.left_out.is_empty()) else { return false };
    workbench.prompt.newest().with(|newest| {
        let base = newest.as_ref().filter(|it| it.summary.number == draft.base);
        base.is_some_and(|base| chosen(&base.prompt, text, &draft.left_out) == base.prompt)
    })
}

fn has_grave_finding(draft: &Draft) -> bool {
    draft.proposal.as_ref().is_some_and(|it| it.findings.iter().any(Finding::is_grave))
}

fn proposes_nothing(draft: &Draft) -> bool {
    draft.proposal.as_ref().is_some_and(|proposal| proposal.unchanged)
}
