//! The text of the output, or what to do when there is none.

use align::record::RunState;
use leptos::prelude::*;

use super::super::use_bench;
use crate::components::markdown::Markdown;
use crate::components::waiting;
use crate::state::OutputView;

/// The output as Markdown or as it came.
#[component]
pub(super) fn OutputText() -> impl IntoView {
    let bench = use_bench();
    let is_empty = Memo::new(move |_| bench.output.with(String::is_empty));
    move || {
        if is_empty.get() {
            view! { <Empty/> }.into_any()
        } else {
            view! { <Shown text=bench.output.into() view=bench.output_view.into()/> }.into_any()
        }
    }
}

/// A text in one of the two views.
#[component]
pub(super) fn Shown(text: Signal<String>, view: Signal<OutputView>) -> impl IntoView {
    move || match view.get() {
        OutputView::Markdown => view! { <div class="markdown"><Markdown text/></div> }.into_any(),
        OutputView::Raw => view! { <pre class="raw">{text}</pre> }.into_any(),
    }
}

/// What stands there before anything does.
#[component]
fn Empty() -> impl IntoView {
    let bench = use_bench();
    let state = Memo::new(move |_| bench.run.with(|run| run.as_ref().map(|run| run.state)));
    let waiting = Memo::new(move |_| {
        bench.run.with(|run| run.as_ref()?.waiting.as_ref().map(waiting::reason))
    });
    let words = move || match state.get() {
        None => "Run the prompt, and its output streams in here.",
        Some(RunState::Running) => "Waiting for the first token…",
        Some(RunState::Done) => "The model answered with nothing.",
        Some(RunState::Stopped) => "Stopped before anything arrived.",
        Some(RunState::Failed) => "Nothing arrived before the run failed.",
        Some(RunState::Interrupted) => "There is no output of this run.",
    };
    let words = move || waiting.get().unwrap_or_else(|| words().to_owned());
    view! { <p class="empty">{words}</p> }
}
