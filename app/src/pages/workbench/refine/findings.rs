//! What the rewrite contract found, and what it found in order.

use align::direct;
use align::record::{Draft, DraftState};
use leptos::prelude::*;

use super::super::use_workbench;
use crate::state::WorkbenchState;

/// Findings, and green ticks for what was kept.
#[component]
pub(super) fn Findings(current: Memo<Draft>) -> impl IntoView {
    let workbench = use_workbench();
    let findings = Memo::new(move |_| {
        current
            .with(|draft| draft.proposal.as_ref().map(|proposal| proposal.findings.clone()))
            .unwrap_or_default()
    });
    let kept = Memo::new(move |_| current.with(|draft| kept(workbench, draft)));
    view! {
        {move || (!findings.with(Vec::is_empty)).then(|| view! {
            <ul class="findings" aria-label="Findings">
                {findings.get().into_iter().map(item).collect_view()}
            </ul>
        })}
        {move || (!kept.with(Vec::is_empty)).then(|| view! {
            <ul class="kept" aria-label="Checked">
                {kept.get().into_iter().map(|what| view! { <li>{what}</li> }).collect_view()}
            </ul>
        })}
    }
}

pub(super) fn item(finding: direct::Finding) -> impl IntoView {
    let class = match (finding.is_note(), finding.is_grave()) {
        (true, _) => "finding note",
        (false, true) => "finding grave",
        (false, false) => "finding",
    };
    view! { <li class=class>{finding.message}</li> }
}

/// What an undecided draft on the newest version kept.
fn kept(workbench: WorkbenchState, draft: &Draft) -> Vec<&'static str> {
    if draft.state != DraftState::Ready {
        return Vec::new();
    }
    let findings = draft.proposal.as_ref().map(|proposal| proposal.findings.as_slice());
    let shown = workbench
        .output
        .run()
        .with(|run| draft.run_id.is_some_and(|id| run.as_ref().is_some_and(|run| run.id == id)));
    workbench.prompt.newest().with(|newest| {
        let base = newest.as_ref().filter(|version| version.summary.number == draft.base);
        base.map_or_else(Vec::new, |base| {
            workbench.output.text().with(|output| {
                let output = shown.then_some(output.as_str());
                direct::kept(&base.prompt, output, findings.unwrap_or_default())
            })
        })
    })
}
