//! Feedback on a span of the output: select text, press the button.

use align::Span;
use leptos::html::Div;
use leptos::prelude::*;

use super::super::use_workbench;
use crate::browser::{highlight, selection};
use crate::components::{Button, ButtonKind};
use crate::state::WorkbenchState;

/// Begins a comment on the selected text.
#[component]
pub(super) fn CommentButton(
    /// What holds the output.
    container: NodeRef<Div>,
) -> impl IntoView {
    let workbench = use_workbench();
    let selected = RwSignal::new(None::<Span>);
    Effect::new(move || {
        selection::on_change(move || {
            let container = container.try_get_untracked().flatten();
            selected.try_set(container.and_then(|it| selection::selected_span(&it)));
        });
    });
    let begin = move |()| {
        if let Some(span) = selected.get_untracked() {
            workbench.begin_comment(span);
        }
    };
    view! {
        <Button
            kind=ButtonKind::Quiet
            disabled=Signal::derive(move || selected.with(Option::is_none))
            on_press=begin
        >
            "Comment on selection"
        </Button>
    }
}

/// Marks the spans that feedback is about, whenever either changes.
pub(super) fn mark_spans(workbench: WorkbenchState, container: NodeRef<Div>) {
    Effect::new(move || {
        let Some(container) = container.get() else { return };
        let typing = workbench.prompt.editor().comment().with(|comment| comment.clone()?.span);
        let kept = workbench.refine.pieces().with(|pieces| {
            pieces.iter().filter_map(|piece| piece.feedback.span.clone()).collect::<Vec<_>>()
        });
        workbench.output.view().track();
        // A growing output has no feedback yet; its end replaces the run, which is tracked here.
        workbench.output.run().track();
        let spans: Vec<_> = kept.into_iter().chain(typing).collect();
        // After this effect the view may still be updating; the next frame shows the final text.
        request_animation_frame(move || highlight::mark(&container, &spans));
    });
}
