//! The Refine region: what people say about an output, in two workflows, and the drafts that answer it.

mod candidates;
mod confirm;
mod decide;
mod direct;
mod draft;
mod edit;
mod ended;
mod findings;
mod guidelines;
mod hunks;
mod meanwhile;
mod pieces;
mod reword;
mod writing;

use align::record::Workflow;
use leptos::prelude::*;

use super::use_workbench;
use crate::browser::storage;
use crate::components::TextArea;
use crate::components::segmented::Segmented;

pub(super) use guidelines::{Ledger, Sets};

/// Where the browser remembers which workflow was shown last.
const WORKFLOW_KEY: &str = "attune:workflow";

/// The region on the right. Both workflows share the Feedback box and the drafts.
#[component]
pub(super) fn RefineRegion() -> impl IntoView {
    let workbench = use_workbench();
    let workflow = workbench.refine.workflow();
    Effect::new(move |before: Option<()>| {
        if before.is_none() {
            workflow.set(storage::read(WORKFLOW_KEY).unwrap_or_default());
        } else {
            storage::write(WORKFLOW_KEY, &workflow.get());
        }
        workflow.track();
    });
    view! {
        <section class="panel refine-panel" tabindex="-1" aria-label="Refine">
            <div class="panel-head">
                <h2 class="panel-title">"Refine"</h2>
                <Segmented
                    legend="Workflow"
                    name="workflow"
                    options=vec![(Workflow::Direct, "Direct"), (Workflow::Guidelines, "Guidelines")]
                    chosen=workflow
                />
            </div>
            <pieces::Pieces/>
            <TextArea
                label="Feedback"
                text=workbench.prompt.editor().feedback()
                placeholder="What should the output have done differently?"
                on_submit=move |()| workbench.draft_from_box()
            />
            {move || match workflow.get() {
                Workflow::Direct => view! { <direct::Ask/> }.into_any(),
                Workflow::Guidelines => view! { <guidelines::Guidelines/> }.into_any(),
            }}
            <edit::LeftOver/>
            <draft::DraftRegion/>
            <confirm::Confirm/>
        </section>
    }
}
