//! The Output region: the answer as it streams, its state, the output before it.

mod beside;
mod comment;
mod compare;
mod cut;
mod first;
mod status;
mod text;

use leptos::html::Div;
use leptos::prelude::*;

use super::use_workbench;
use crate::components::segmented::Segmented;
use crate::state::OutputView;

/// The region in the middle.
#[component]
pub(super) fn OutputRegion() -> impl IntoView {
    let workbench = use_workbench();
    let container = NodeRef::<Div>::new();
    comment::mark_spans(workbench, container);
    view! {
        <section class="panel output-panel" tabindex="-1" aria-label="Output">
            <div class="panel-head">
                <h2 class="panel-title">"Output"</h2>
                <comment::CommentButton container/>
                <Segmented
                    legend="Show as"
                    name="output-view"
                    options=vec![(OutputView::Markdown, "Markdown"), (OutputView::Raw, "Raw")]
                    chosen=workbench.output.view()
                />
            </div>
            <status::Problem/>
            <div class="outputs" class:comparing=Signal::derive(move || workbench.output.is_comparing())>
                <compare::Before/>
                <div class="output-card">
                    <compare::AfterTitle/>
                    <beside::InstructionsMoved/>
                    <beside::Thinking/>
                    <div node_ref=container class="output" tabindex="0" aria-label="Output text" role="group">
                        <text::OutputText/>
                    </div>
                </div>
            </div>
            <div class="panel-foot">
                <status::Status/>
                <compare::CompareButton/>
                <status::CopyButton/>
            </div>
        </section>
    }
}
