//! What changed since a draft was asked for: the version it was made on, the prompt as typed, the
//! guidelines.

use align::record::{Draft, Guideline, Workflow};
use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::diff::Diff;
use crate::state::WorkbenchState;

/// A notice for each.
#[component]
pub(super) fn Meanwhile(draft: Draft) -> impl IntoView {
    let workbench = use_workbench();
    let (base, workflow) = (draft.base, draft.workflow());
    let newest = Memo::new(move |_| {
        workbench.prompt.newest().get().filter(|version| version.summary.number != base)
    });
    let is_typed =
        Memo::new(move |_| newest.with(Option::is_none) && workbench.prompt.has_typed_changes());
    let is_followed =
        Memo::new(move |_| workflow == Workflow::Direct || as_then(workbench, &draft));
    view! {
        {move || newest.get().map(|version| {
            let number = version.summary.number;
            let old = workbench.prompt.text_of(base);
            let next = match workflow {
                Workflow::Direct => format!("Redraft makes one on v{number} with the same feedback."),
                Workflow::Guidelines => format!("Rewrite from guidelines makes one on v{number}."),
            };
            view! {
                <div class="notice">
                    <p>{format!("v{number} was saved after this draft was made on v{base}, so it cannot be accepted. {next}")}</p>
                    <details>
                        <summary>{format!("What changed from v{base} to v{number}")}</summary>
                        {move || old.get().map(|old| view! {
                            <Diff old=old.text new=version.prompt.text.clone() layout=workbench.refine.layout()/>
                        })}
                    </details>
                </div>
            }
        })}
        {move || is_typed.get().then(|| view! {
            <p class="notice">
                {format!("What you typed into the prompt since v{base} is not in this draft. Accepting the draft takes its place; your text is kept as a version of its own.")}
            </p>
        })}
        {move || (!is_followed.get()).then(|| view! {
            <p class="notice">
                "The guidelines changed since this draft was asked for; it follows them as they were. Rewrite from guidelines makes one that follows them as they are."
            </p>
        })}
    }
}

/// Whether the guidelines that are switched on are those that the draft was made from.
fn as_then(workbench: WorkbenchState, draft: &Draft) -> bool {
    workbench.guidelines.list().with(|all| {
        let on = || all.iter().filter(|guideline| guideline.is_on);
        let is_same = |it: &&Guideline| {
            draft.guidelines.iter().any(|then| then.id == it.id && then.text == it.text)
        };
        on().count() == draft.guidelines.len() && on().filter(is_same).count() == on().count()
    })
}
