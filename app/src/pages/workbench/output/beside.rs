//! What comes with an answer and is never part of it: thoughts, folded, and how the model was asked.

use align::record::Run;
use leptos::prelude::*;

use super::super::use_workbench;
use super::text::Shown;
use crate::state::OutputView;

/// The thoughts; nothing where the model tells none.
#[component]
pub(super) fn Thinking() -> impl IntoView {
    let output = use_workbench().output;
    let any = Memo::new(move |_| output.thoughts().with(|text| !text.trim().is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <details class="thinking">
                    <summary>"Thinking"</summary>
                    <Shown
                        text=output.thoughts().into()
                        view=Signal::stored(OutputView::Raw)
                        long="Only the first 256 KB are shown."
                    />
                </details>
            }
        })
    }
}

/// Says where the system instructions went, if not to their usual place.
#[component]
pub(super) fn InstructionsMoved() -> impl IntoView {
    let output = use_workbench().output;
    let model = Memo::new(move |_| {
        let moved = |run: &Run| run.instructions_moved.then(|| run.model.model.clone());
        output.run().with(|run| run.as_ref().and_then(moved))
    });
    move || {
        model.get().map(|model| {
            view! {
                <p class="asked-otherwise">
                    {model}" takes no system instructions: they were sent in front of the prompt."
                </p>
            }
        })
    }
}
