//! The direct workflow: the buttons that ask for drafts which answer the feedback.

use align::record::DraftState;
use leptos::prelude::*;

use super::super::use_workbench;
use crate::browser::is_second_click;
use crate::components::live::use_live;
use crate::components::{Button, ButtonKind};
use crate::state::WorkbenchState;

/// How much feedback there is, and what asks for drafts.
#[component]
pub(super) fn Ask() -> impl IntoView {
    let workbench = use_workbench();
    let live = use_live();
    let has_run = Memo::new(move |_| workbench.output.run().with(Option::is_some));
    let has_typed = Memo::new(move |_| {
        workbench.prompt.editor().feedback().with(|text| !text.trim().is_empty())
    });
    let count = Memo::new(move |_| pieces(workbench));
    let label = move || {
        if workbench.refine.is_drafting() {
            "Stop drafting"
        } else if workbench.refine.draft().is_some_and(|draft| draft.state != DraftState::Stopped) {
            "Redraft"
        } else {
            "Draft rewrite"
        }
    };
    let nothing = Memo::new(move |_| count.get().0 == 0);
    // Not off while a command is on its way: a button that is off loses the focus.
    let press = move |event| {
        if is_second_click(&event) {
            return;
        }
        if workbench.refine.is_drafting() { workbench.stop() } else { workbench.start_draft(1) }
    };
    let disabled = move || !live.get() || (!workbench.refine.is_drafting() && nothing.get());
    view! {
        <div class="panel-foot">
            <span class="muted">{move || counted(count.get())}</span>
            <Show when=move || has_run.get() && has_typed.get()>
                <Button kind=ButtonKind::Quiet on_press=move |()| workbench.keep_box()>"Add another"</Button>
            </Show>
            <Show when=move || !workbench.refine.is_drafting()>
                <Button kind=ButtonKind::Quiet disabled=nothing on_press=move |()| workbench.start_draft(3)>
                    "Draft 3"
                </Button>
            </Show>
            <button type="button" class="button" disabled=disabled on:click=press>{label}</button>
        </div>
    }
}

/// How many pieces of feedback there are, and how many of them on a selection.
fn pieces(workbench: WorkbenchState) -> (usize, usize) {
    let typed =
        workbench.prompt.editor().feedback().with(|text| usize::from(!text.trim().is_empty()));
    workbench.refine.pieces().with(|pieces| {
        let spans = pieces.iter().filter(|piece| piece.feedback.span.is_some()).count();
        (pieces.len() + typed, spans)
    })
}

fn counted((all, spans): (usize, usize)) -> String {
    let pieces = match all {
        0 => return "Say what should change, then draft a rewrite.".to_owned(),
        1 => "1 piece of feedback".to_owned(),
        all => format!("{all} pieces of feedback"),
    };
    if spans == 0 { pieces } else { format!("{pieces}, {spans} on a selection") }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn feedback_is_counted_in_words() {
        assert_eq!(counted((1, 0)), "1 piece of feedback");
        assert_eq!(counted((2, 1)), "2 pieces of feedback, 1 on a selection");
    }
}
