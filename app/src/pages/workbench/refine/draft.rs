//! The Draft region: the rewrite as it streams, then as a diff to decide on.

use align::record::{Draft, DraftId, DraftState, Workflow};
use leptos::html::Section;
use leptos::prelude::*;

use super::super::use_workbench;
use super::candidates::Candidates;
use super::decide::Decide;
use super::edit::EditDraft;
use super::ended::Ended;
use super::findings::Findings;
use super::hunks::Hunks;
use super::meanwhile::Meanwhile;
use super::writing::Writing;
use crate::browser;
use crate::components::diff::DiffLayout;
use crate::components::segmented::Segmented;
use crate::components::time::duration;
use crate::state::{RefineState, WorkbenchState};

/// The region; it is there once there is a draft.
#[component]
pub(super) fn DraftRegion() -> impl IntoView {
    let refine = use_workbench().refine;
    let any = Memo::new(move |_| refine.drafts().with(|drafts| !drafts.is_empty()));
    let region = NodeRef::new();
    reveal(refine, region);
    view! {
        <Show when=move || any.get()>
            <section node_ref=region class="draft" aria-label="Draft">
                <Candidates/>
                <Shown/>
            </section>
        </Show>
    }
}

/// Brings a draft that was asked for on this page into sight when it begins, and once more when it is
/// complete and taller, unless the person looks elsewhere by then.
fn reveal(refine: RefineState, region: NodeRef<Section>) {
    let shown = Memo::new(move |_| refine.draft().map(|draft| (draft.id, draft.state)));
    Effect::new(move |before: Option<Option<DraftId>>| {
        let (id, state) = shown.get()?;
        let region = region.get()?;
        if refine.is_ordered_here(state) {
            browser::reveal(&region, before.flatten() == Some(id));
        }
        Some(id)
    });
}

/// The shown draft. Its parts are built anew when its state changes, not with each delta or edit.
#[component]
fn Shown() -> impl IntoView {
    let refine = use_workbench().refine;
    let shown = Memo::new(move |_| refine.draft().map(|draft| (draft.id, draft.state)));
    move || {
        shown.get()?;
        let draft = untrack(|| refine.draft())?;
        let body = match draft.state {
            DraftState::Drafting => view! { <Writing/> }.into_any(),
            DraftState::Stopped | DraftState::Failed | DraftState::Interrupted => {
                view! { <Ended draft=draft.clone()/> }.into_any()
            }
            DraftState::Ready | DraftState::Accepted { .. } | DraftState::Rejected => {
                view! { <Ready draft=draft.clone()/> }.into_any()
            }
        };
        Some(view! { <div class="card draft-card"><Head draft/>{body}</div> })
    }
}

/// Which draft it is.
#[component]
fn Head(draft: Draft) -> impl IntoView {
    let refine = use_workbench().refine;
    let mut about = vec![format!("on v{}", draft.base), format!("by {}", draft.model.model)];
    if draft.workflow() == Workflow::Guidelines {
        about.push("from guidelines".to_owned());
    }
    if draft.rewrites != 0 && draft.rewrites != draft.base {
        about.push(format!("started again from v{}", draft.rewrites));
    }
    about.extend(draft.duration_ms.map(duration));
    if draft.tries > 1 {
        about.push("second try".to_owned());
    }
    let has_diff = draft.text().is_some();
    view! {
        <header class="draft-head">
            <h3>{format!("Draft {}", draft.number)}</h3>
            <span class="muted">{about.join(" · ")}</span>
            {has_diff.then(|| view! {
                <Segmented
                    legend="Diff layout"
                    name="diff-layout"
                    options=vec![(DiffLayout::Inline, "Inline"), (DiffLayout::SideBySide, "Side by side")]
                    chosen=refine.layout()
                />
            })}
        </header>
    }
}

/// A complete draft: why, what changed, what was found, and the decision.
#[component]
fn Ready(draft: Draft) -> impl IntoView {
    let workbench = use_workbench();
    let editing = Memo::new(move |_| workbench.refine.is_editing());
    let id = draft.id;
    let first = StoredValue::new(draft.clone());
    // Follows edits of this draft, wherever they are made.
    let current =
        Memo::new(move |_| workbench.refine.draft_of(id).unwrap_or_else(|| first.get_value()));
    view! {
        {(draft.state == DraftState::Ready).then(|| view! { <Meanwhile draft=draft.clone()/> })}
        <div class="draft-body">
            {rationale(&draft)}
            {diagnosis(&draft)}
            {conflicts(workbench, &draft)}
            {move || if editing.get() {
                view! { <EditDraft draft=current.get_untracked()/> }.into_any()
            } else {
                view! { <Changes base=draft.base current/> }.into_any()
            }}
        </div>
        <Findings current/>
        <Decide current/>
    }
}

fn rationale(draft: &Draft) -> Option<AnyView> {
    let proposal = draft.proposal.as_ref()?;
    let text = match (proposal.unchanged, proposal.rationale.is_empty()) {
        (true, true) if !proposal.conflicts.is_empty() => return None,
        (true, true) => "Nothing needs to change.".to_owned(),
        (true, false) => format!("Nothing needs to change: {}", proposal.rationale),
        (false, _) => proposal.rationale.clone(),
    };
    (!text.is_empty())
        .then(|| view! { <p class="rationale" aria-label="Rationale">{text}</p> }.into_any())
}

/// What the model found in the prompt before it rewrote it, folded.
fn diagnosis(draft: &Draft) -> Option<impl IntoView + use<>> {
    let text = Some(&draft.proposal.as_ref()?.diagnosis).filter(|text| !text.is_empty())?.clone();
    Some(view! {
        <details class="diagnosis"><summary>"Diagnosis"</summary><p>{text}</p></details>
    })
}

/// Guidelines that cannot all be followed.
fn conflicts(workbench: WorkbenchState, draft: &Draft) -> Option<AnyView> {
    let conflicts = draft.proposal.as_ref().map(|proposal| proposal.conflicts.clone())?;
    let said = |id| {
        let text = draft.guidelines.iter().find(|known| known.id == id)?.text.clone();
        let place =
            workbench.guidelines.place_of(id).map_or(String::new(), |place| format!("G{place} "));
        Some(format!("{place}“{text}”"))
    };
    let items = conflicts.iter().map(|conflict| {
        let said: Vec<_> = conflict.guidelines.iter().filter_map(|id| said(*id)).collect();
        let reason = Some(&conflict.reason).filter(|reason| !reason.is_empty());
        let because = reason.map_or(String::from("."), |reason| format!(": {reason}"));
        let words = format!("{} cannot all be followed{because}", said.join(" and "));
        view! { <li class="finding grave">{words}</li> }
    });
    let items = items.collect_view();
    (!conflicts.is_empty())
        .then(|| view! { <ul class="findings" aria-label="Conflicts">{items}</ul> }.into_any())
}

/// The diff from the base to the draft.
#[component]
fn Changes(base: u32, current: Memo<Draft>) -> impl IntoView {
    let prompt = use_workbench().prompt;
    let base = prompt.text_of(base);
    let text = Memo::new(move |_| current.with(|draft| draft.text().cloned()));
    move || {
        let base = base.get()?;
        // Looking, not only tracking: a memo that nobody looks at follows nothing.
        text.with(|_| ());
        Some(view! { <Hunks base current/> })
    }
}
