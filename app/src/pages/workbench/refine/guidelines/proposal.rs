//! A proposed edit or removal of a guideline: before, after, and the decision.

use align::direct::Finding;
use align::record::{ConsultationId, GuidelineId};
use leptos::prelude::*;

use super::super::super::use_workbench;
use crate::components::diff::{Diff, DiffLayout};
use crate::components::live::use_live;
use crate::components::{Button, ButtonKind};

/// The card of a proposal; nothing changes before it is accepted.
#[component]
pub(super) fn Proposal(
    id: ConsultationId,
    /// What it is about.
    about: GuidelineId,
    /// Its heading.
    title: &'static str,
    /// What the guideline says.
    before: String,
    /// What it is to say; nothing where it is to go.
    #[prop(optional)]
    after: String,
    /// Why; may be empty.
    reason: String,
    /// What is to be known about the new text.
    #[prop(optional)]
    findings: Vec<Finding>,
) -> impl IntoView {
    let guidelines = use_workbench().guidelines;
    let live = use_live();
    let said = before.clone();
    let changed = Memo::new(move |_| match guidelines.guideline(about) {
        None => Some("This guideline was removed meanwhile."),
        Some(now) => (now.text != said).then_some("This guideline was edited meanwhile."),
    });
    view! {
        <section class="card proposal" aria-label=title>
            <p class="card-title">{title}</p>
            <Diff old=before new=after layout=DiffLayout::Inline/>
            {(!reason.is_empty()).then(|| view! { <p class="rationale">{reason}</p> })}
            {(!findings.is_empty()).then(|| view! {
                <ul class="findings">
                    {findings.into_iter().map(super::super::findings::item).collect_view()}
                </ul>
            })}
            <p class="meanwhile">{move || changed.get()}</p>
            <div class="row">
                <button
                    type="button"
                    class="button"
                    aria-label="Accept proposal"
                    disabled=Signal::derive(move || !live.get() || changed.with(Option::is_some))
                    on:click=move |_| guidelines.accept_consultation(id)
                >
                    "Accept"
                </button>
                <Button kind=ButtonKind::Quiet on_press=move |()| guidelines.dismiss_consultation(id)>
                    "Dismiss"
                </Button>
            </div>
        </section>
    }
}
