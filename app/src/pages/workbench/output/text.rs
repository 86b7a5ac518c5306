//! The text of the output, or what to do when there is none.

use align::record::RunState;
use leptos::prelude::*;

use super::super::use_workbench;
use super::first;
use crate::components::markdown::Markdown;
use crate::components::waiting;
use crate::state::OutputView;

/// The output as Markdown or as it came.
#[component]
pub(super) fn OutputText() -> impl IntoView {
    let output = use_workbench().output;
    let is_empty = Memo::new(move |_| output.text().with(String::is_empty));
    move || {
        if is_empty.get() {
            view! { <Empty/> }.into_any()
        } else {
            view! { <Shown text=output.text().into() view=output.view().into()/> }.into_any()
        }
    }
}

/// The most of a text that is shown, in bytes: a page with megabytes of it stands still.
const SHOWN_BYTES: usize = 256 << 10;

const LONG: &str = "Only the first 256 KB are shown. Copy output takes all of it.";

/// A text in one of the two views, or its beginning if it is very long.
#[component]
pub(super) fn Shown(
    text: Signal<String>,
    view: Signal<OutputView>,
    /// What stands after the beginning of a very long text.
    #[prop(default = LONG)]
    long: &'static str,
) -> impl IntoView {
    let is_long = Memo::new(move |_| text.with(|text| text.len() > SHOWN_BYTES));
    move || {
        let text = if is_long.get() { Signal::stored(head(text)) } else { text };
        let shown = match view.get() {
            OutputView::Markdown => {
                view! { <div class="markdown"><Markdown text/></div> }.into_any()
            }
            OutputView::Raw => view! { <pre class="raw">{text}</pre> }.into_any(),
        };
        (shown, is_long.get().then(|| view! { <p class="empty">{long}</p> }))
    }
}

/// The beginning of a long text, which stays the same while more of it arrives.
fn head(text: Signal<String>) -> String {
    text.with_untracked(|text| text[..text.floor_char_boundary(SHOWN_BYTES)].to_owned())
}

/// What stands there before anything does.
#[component]
fn Empty() -> impl IntoView {
    let workbench = use_workbench();
    let state =
        Memo::new(move |_| workbench.output.run().with(|run| run.as_ref().map(|run| run.state)));
    let waiting = Memo::new(move |_| {
        workbench.output.run().with(|run| run.as_ref()?.waiting.as_ref().map(waiting::reason))
    });
    let thinks = Memo::new(move |_| workbench.output.is_thinking());
    let words = move || match state.get() {
        None => "Run the prompt, and its output streams in here.",
        Some(RunState::Running) if thinks.get() => "The model is thinking…",
        Some(RunState::Running) => "Waiting for the first token…",
        Some(RunState::Done) => "The model answered with nothing.",
        Some(RunState::Stopped) => "Stopped before the answer began.",
        Some(RunState::Failed) => "Nothing arrived before the run failed.",
        Some(RunState::Interrupted) => "There is no output of this run.",
    };
    let words = move || waiting.get().unwrap_or_else(|| words().to_owned());
    view! {
        <p class="empty">{words}</p>
        <Show when=move || state.get().is_none()>
            <first::WaysToBegin/>
        </Show>
    }
}
