//! The diff of a draft, change by change: what stands behind each, and whether it is taken.

use align::Prompt;
use align::diff::{Hunk, diff};
use align::direct::sources_of;
use align::record::{Draft, DraftId, DraftState, Source, Trace};
use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::diff::{Diff, Wrap};
use crate::components::live::use_live;
use crate::state::WorkbenchState;

/// The diff from `base` to the text of the draft. While it can be decided on, each change can be left
/// out.
#[component]
pub(super) fn Hunks(base: Prompt, current: Memo<Draft>) -> impl IntoView {
    let workbench = use_workbench();
    let draft = current.get_untracked();
    let Some(text) = draft.text().cloned() else { return ().into_any() };
    let is_open = draft.state == DraftState::Ready;
    let in_system = diff(&base.system_instructions, &text.system_instructions);
    let in_text = diff(&base.text, &text.text);
    let traces = draft.proposal.as_ref().map_or(&[][..], |proposal| &proposal.traces);
    let mut behind = sources(&in_system, traces);
    let first = u32::try_from(behind.len()).unwrap_or_default();
    behind.extend(sources(&in_text, traces));
    let has_sources = is_open && behind.iter().any(|sources| !sources.is_empty());
    let behind = StoredValue::new(behind);
    let wrap = move |first: u32| {
        let hunk: Wrap = Box::new(move |number, change| {
            let number = first + number;
            view! { <Change number current behind change/> }.into_any()
        });
        is_open.then_some(hunk)
    };
    let part = |old: String, new: String, first| match wrap(first) {
        Some(wrap) => view! { <Diff old new layout=workbench.refine.layout() wrap/> }.into_any(),
        None => view! { <Diff old new layout=workbench.refine.layout()/> }.into_any(),
    };
    let system_changed = base.system_instructions != text.system_instructions;
    let system = system_changed.then(|| {
        let diff = part(base.system_instructions, text.system_instructions, 0);
        view! {
            <h4 class="diff-title">"System instructions"</h4>
            {diff}
            <h4 class="diff-title">"Prompt"</h4>
        }
    });
    view! {
        {system}
        {part(base.text, text.text, first)}
        {has_sources.then(|| view! {
            <p class="behind">{move || pointed_at(workbench, &current)}</p>
        })}
    }
    .into_any()
}

/// What stands behind each change, in order.
fn sources(hunks: &[Hunk], traces: &[Trace]) -> Vec<Vec<Source>> {
    let all = hunks.iter().zip(sources_of(hunks, traces));
    let changes = all.filter(|(hunk, _)| matches!(hunk, Hunk::Change { .. }));
    changes.map(|(_, sources)| sources).collect()
}

/// One change with its switch.
#[component]
fn Change(
    number: u32,
    current: Memo<Draft>,
    behind: StoredValue<Vec<Vec<Source>>>,
    change: AnyView,
) -> impl IntoView {
    let workbench = use_workbench();
    let live = use_live();
    let id: DraftId = current.with_untracked(|draft| draft.id);
    let sources = behind.with_value(|all| all.get(number as usize).cloned()).unwrap_or_default();
    let sources = StoredValue::new(sources);
    let taken = Memo::new(move |_| current.with(|draft| !draft.left_out.contains(&number)));
    let pointed =
        move || sources.with_value(|all| all.iter().any(|it| workbench.refine.is_pointed(*it)));
    let point = move || workbench.refine.point_at(sources.get_value());
    let leave = move || workbench.refine.point_at(Vec::new());
    let labels = move || {
        let labels: Vec<_> =
            sources.with_value(|all| all.iter().map(|it| label(workbench, it)).collect());
        labels.join(" ")
    };
    let name = move || {
        let said: Vec<_> = sources
            .with_value(|all| all.iter().map(|it| words(workbench, &current, *it)).collect());
        let because =
            if said.is_empty() { String::new() } else { format!(": {}", said.join("; ")) };
        format!("Take change {}{because}", number + 1)
    };
    view! {
        <span
            class="hunk"
            class:left-out=Signal::derive(move || !taken.get())
            class:pointed=pointed
            on:mouseenter=move |_| point()
            on:mouseleave=move |_| leave()
        >
            {change}
            <button
                type="button"
                class="hunk-switch"
                aria-label=name
                title=name
                aria-pressed=Signal::derive(move || taken.get().to_string())
                disabled=Signal::derive(move || !live.get())
                on:click=move |_| workbench.refine.choose_hunk(id, number, !taken.get_untracked())
                on:focus=move |_| point()
                on:blur=move |_| leave()
            >
                <span aria-hidden="true">{labels}{move || if taken.get() { "✓" } else { "+" }}</span>
            </button>
        </span>
    }
}

/// "G2" for the second guideline of the list, "F1" for the first piece of feedback.
fn label(workbench: WorkbenchState, source: &Source) -> String {
    match source {
        Source::Feedback(place) => format!("F{}", place + 1),
        Source::Guideline(id) => match workbench.guidelines.place_of(*id) {
            Some(place) => format!("G{place}"),
            None => "removed guideline".to_owned(),
        },
    }
}

/// What a source says, as it was when the draft was asked for.
fn words(workbench: WorkbenchState, current: &Memo<Draft>, source: Source) -> String {
    let label = label(workbench, &source);
    let said = current.with(|draft| match source {
        Source::Feedback(place) => {
            draft.feedback.get(place as usize).map(|feedback| feedback.text.clone())
        }
        Source::Guideline(id) => {
            draft.guidelines.iter().find(|known| known.id == id).map(|known| known.text.clone())
        }
    });
    format!("{label} “{}”", said.unwrap_or_default())
}

/// What stands behind the change that is pointed at, for the eye; the switch says it too.
fn pointed_at(workbench: WorkbenchState, current: &Memo<Draft>) -> String {
    let sources = workbench.refine.pointed();
    let known = |source: &&Source| match source {
        Source::Feedback(_) => true,
        Source::Guideline(id) => {
            current.with(|draft| draft.guidelines.iter().any(|it| it.id == *id))
        }
    };
    let said: Vec<_> =
        sources.iter().filter(known).map(|it| words(workbench, current, *it)).collect();
    said.join(" · ")
}
