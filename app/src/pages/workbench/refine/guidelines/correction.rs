//! A person's own version of an output, to learn from.

use align::record::Correction;
use leptos::prelude::*;

use super::super::super::use_workbench;
use crate::components::diff::Diff;
use crate::components::text_area::Text;
use crate::components::{Button, ButtonKind, TextArea};
use crate::state::WorkbenchState;

/// The longest output whose difference is shown while it is typed, in bytes.
const COMPARED_BYTES: usize = 64 << 10;

/// The box of the corrected output; there while somebody corrects it.
#[component]
pub(super) fn CorrectOutput() -> impl IntoView {
    let prompt = use_workbench().prompt;
    let run =
        Memo::new(move |_| prompt.editor().correction().with(|it| it.as_ref().map(|it| it.run_id)));
    move || run.get().map(|_| view! { <Correcting/> })
}

#[component]
fn Correcting() -> impl IntoView {
    let workbench = use_workbench();
    let text = Memo::new(move |_| typed(workbench).unwrap_or_default());
    let set = move |text| {
        workbench.prompt.editor().correction().update(|correction| {
            if let Some(correction) = correction {
                correction.text = text;
            }
        });
    };
    let focus = workbench.page.is_begun_here();
    let original = Memo::new(move |_| original(workbench));
    let same = Memo::new(move |_| {
        original.with(|it| it.as_ref().is_some_and(|it| text.with(|text| it.trim() == text.trim())))
            || text.with(|text| text.trim().is_empty())
    });
    view! {
        <div class="card correction">
            <TextArea label="Corrected output" text=Text::new(text, set) rows=8 focus/>
            {move || difference(workbench, original, text)}
            <div class="row">
                <Button disabled=same on_press=move |()| workbench.learn_from_edit()>"Learn from edit"</Button>
                <Button
                    kind=ButtonKind::Quiet
                    on_press=move |()| workbench.prompt.editor().correction().set(None)
                >
                    "Discard edit"
                </Button>
            </div>
        </div>
    }
}

fn difference(
    workbench: WorkbenchState,
    original: Memo<Option<String>>,
    text: Memo<String>,
) -> impl IntoView + use<> {
    match original.get() {
        None => view! {
            <p class="muted">"This corrects the output of an earlier run."</p>
        }
        .into_any(),
        Some(old) if old.len() > COMPARED_BYTES => ().into_any(),
        Some(old) => view! {
            <details class="difference">
                <summary>"Difference to the output"</summary>
                <Diff old=old new=text.get() layout=workbench.refine.layout()/>
            </details>
        }
        .into_any(),
    }
}

fn typed(workbench: WorkbenchState) -> Option<String> {
    workbench.prompt.editor().correction().with(|it| it.as_ref().map(|it| it.text.clone()))
}

/// The output that is being corrected, if it is the shown one.
fn original(workbench: WorkbenchState) -> Option<String> {
    let shown = workbench.output.run().with(|run| run.as_ref().map(|run| run.id));
    let is_shown = |it: &Correction| Some(it.run_id) == shown;
    workbench
        .prompt
        .editor()
        .correction()
        .with(|it| it.as_ref().is_some_and(is_shown))
        .then(|| workbench.output.text().get())
}
