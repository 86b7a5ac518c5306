//! The Output region: the run that is shown, and the one before it.

mod stream;

use align::record::{Run, RunId, RunState};
use leptos::prelude::*;

pub(super) use self::stream::Shown;
use super::PageState;
use crate::api;

/// How an output is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OutputView {
    /// Rendered Markdown.
    #[default]
    Markdown,
    /// The text as it came.
    Raw,
}

/// The runs that are shown.
#[derive(Clone, Copy)]
pub(crate) struct OutputState {
    page: PageState,
    /// The run that is shown, without its output and thoughts.
    run: ReadSignal<Option<Run>>,
    set_run: WriteSignal<Option<Run>>,
    /// The output of that run: apart, because it grows many times a second.
    text: ReadSignal<String>,
    set_text: WriteSignal<String>,
    /// The thoughts behind that output, apart for the same reason.
    thoughts: ReadSignal<String>,
    set_thoughts: WriteSignal<String>,
    /// Whether text that arrived waits to be shown.
    has_arrived: StoredValue<bool>,
    /// The newest run on an earlier version.
    before: ReadSignal<Option<Run>>,
    set_before: WriteSignal<Option<Run>>,
    /// Whether `before` is shown beside the output.
    is_comparing: RwSignal<bool>,
    view: RwSignal<OutputView>,
}

impl OutputState {
    pub(super) fn new(page: PageState, run: Option<Run>, before: Option<Run>) -> Self {
        let (run, text, thoughts) = split(run);
        let (run, set_run) = signal(run);
        let (text, set_text) = signal(text);
        let (thoughts, set_thoughts) = signal(thoughts);
        let (before, set_before) = signal(before);
        Self {
            page,
            run,
            set_run,
            text,
            set_text,
            thoughts,
            set_thoughts,
            has_arrived: StoredValue::new(false),
            before,
            set_before,
            is_comparing: RwSignal::new(false),
            view: RwSignal::new(OutputView::default()),
        }
    }

    pub(super) fn reload(self, run: Option<Run>, before: Option<Run>) {
        let (run, text, thoughts) = split(run);
        self.set_run.set(run);
        self.set_text.set(text);
        self.set_thoughts.set(thoughts);
        self.set_before.set(before);
    }

    /// The run that is shown, without its output and thoughts.
    pub(crate) fn run(self) -> ReadSignal<Option<Run>> {
        self.run
    }

    /// Which run is shown.
    pub(crate) fn run_id(self) -> Option<RunId> {
        self.run.with(|run| run.as_ref().map(|run| run.id))
    }

    /// The output of the run that is shown.
    pub(crate) fn text(self) -> ReadSignal<String> {
        self.text
    }

    /// What the model thought before that output.
    pub(crate) fn thoughts(self) -> ReadSignal<String> {
        self.thoughts
    }

    /// Whether the shown run is still answering.
    pub(crate) fn is_running(self) -> bool {
        self.run.with(|run| run.as_ref().is_some_and(|run| run.state == RunState::Running))
    }

    /// Whether the shown run has sent thoughts, and nothing of the answer yet.
    pub(crate) fn is_thinking(self) -> bool {
        self.is_running()
            && self.text.with(String::is_empty)
            && self.thoughts.with(|text| !text.is_empty())
    }

    /// The run that can be talked about: it ended and there is an output.
    pub(crate) fn answered_run(self) -> Option<RunId> {
        let has_output = self.text.with(|text| !text.trim().is_empty());
        self.run_id().filter(|_| has_output && !self.is_running())
    }

    /// Stops the shown run; false if it is not answering.
    pub(super) fn stop(self) -> bool {
        let running = untrack(|| self.run_id().filter(|_| self.is_running()));
        if let Some(id) = running {
            self.page.command(api::stop_run(id));
        }
        running.is_some()
    }

    /// The newest run on an earlier version.
    pub(crate) fn before(self) -> ReadSignal<Option<Run>> {
        self.before
    }

    /// Whether that run is shown beside the output.
    pub(crate) fn is_comparing(self) -> bool {
        self.is_comparing.get()
    }

    /// Shows that run beside the output, or no longer.
    pub(crate) fn toggle_comparing(self) {
        self.is_comparing.update(|is_comparing| *is_comparing = !*is_comparing);
    }

    /// How outputs are shown; the switch binds to it.
    pub(crate) fn view(self) -> RwSignal<OutputView> {
        self.view
    }
}

/// A run without its output and thoughts, the output, and the thoughts.
fn split(run: Option<Run>) -> (Option<Run>, String, String) {
    let mut run = run;
    let take = |run: &mut Run| (std::mem::take(&mut run.output), std::mem::take(&mut run.thoughts));
    let (output, thoughts) = run.as_mut().map(take).unwrap_or_default();
    (run, output, thoughts)
}
