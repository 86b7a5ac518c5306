//! A proposed edit or removal of a guideline: before, after, and the decision.

use align::direct::Finding;
use align::record::{Answer, ConsultationId};
use leptos::prelude::*;

use super::super::super::use_bench;
use crate::components::diff::{Diff, DiffLayout};
use crate::components::{Button, ButtonKind};
use crate::reactive::hear;

/// The card of a proposal; nothing changes before it is accepted.
#[component]
pub(super) fn Proposal(id: ConsultationId, answer: Answer) -> impl IntoView {
    let bench = use_bench();
    let (title, before, after, reason, findings) = parts(answer);
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
            <div class="row">
                <button
                    type="button"
                    class="button"
                    aria-label="Accept proposal"
                    on:click=hear(move |_| bench.accept_consultation(id))
                >
                    "Accept"
                </button>
                <Button kind=ButtonKind::Quiet on_press=move |()| bench.dismiss_consultation(id)>
                    "Dismiss"
                </Button>
            </div>
        </section>
    }
}

fn parts(answer: Answer) -> (&'static str, String, String, String, Vec<Finding>) {
    match answer {
        Answer::Edit { before, after, reason, findings, .. } => {
            ("Proposed edit", before, after, reason, findings)
        }
        Answer::Remove { before, reason, .. } => {
            ("Proposed removal", before, String::new(), reason, Vec::new())
        }
        // An added guideline is in the list; the others have cards of their own.
        Answer::Add { text, reason, findings, .. } => {
            ("Added guideline", text.clone(), text, reason, findings)
        }
        Answer::Nothing { reason } => {
            ("No change", String::new(), String::new(), reason, Vec::new())
        }
        Answer::Suggestions(_) => {
            ("Suggestions", String::new(), String::new(), String::new(), Vec::new())
        }
    }
}
