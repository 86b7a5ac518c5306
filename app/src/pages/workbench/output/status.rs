//! The state of the run in words, what went wrong with it, and Copy.

use align::model::{Failure, FailureKind, FinishReason, Setting};
use align::record::{Run, RunState, Waiting};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::use_workbench;
use super::cut;
use crate::browser;
use crate::components::time::duration;
use crate::components::waiting::{self, Countdown};
use crate::components::{Button, ButtonKind};
use crate::state::WorkbenchState;

/// State, seconds and tokens, for eyes and screen readers.
#[component]
pub(super) fn Status() -> impl IntoView {
    let output = use_workbench().output;
    let run = Memo::new(move |_| output.run().get());
    let waiting =
        Memo::new(move |_| run.with(|run| run.as_ref().and_then(|it| it.waiting.clone())));
    let counts = Memo::new(move |_| waiting.with(|it| waiting::is_counted(it.as_ref())));
    let is_empty = Memo::new(move |_| output.text().with(|text| text.trim().is_empty()));
    let is_cut = Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(cut::is_cut)));
    let thinks = Memo::new(move |_| output.is_thinking());
    let words = move || {
        run.with(|run| match run {
            Some(run) if thinks.get() => Some(format!("Thinking… · v{}", run.version)),
            run => run.as_ref().map(|run| words(run, is_empty.get())),
        })
    };
    let state = move || {
        run.with(|run| match run.as_ref().map(|run| run.state) {
            None => "idle",
            Some(RunState::Running) if waiting.with(Option::is_some) => "waiting",
            Some(RunState::Running) => "running",
            Some(RunState::Done) if !is_empty.get() && !is_cut.get() => "done",
            Some(_) => "ended",
        })
    };
    view! {
        <p class="status" class:visually-hidden=counts role="status" data-state=state>
            {words}
        </p>
        {move || counts.get().then(|| view! {
            <p class="status" data-state="waiting" aria-hidden="true"><Countdown waiting/></p>
        })}
    }
}

/// The state of a run as one line.
fn words(run: &Run, is_empty: bool) -> String {
    let mut parts = vec![state(run, is_empty)];
    if let Some(Waiting::Retry { cause, .. }) = &run.waiting {
        parts.push(cause.clone());
    }
    if let Some(first) = run.first_token_ms {
        parts.push(format!("first token {}", duration(first)));
    }
    if let Some(usage) = run.usage {
        parts.push(format!("{} tokens in, {} out", usage.input_tokens, usage.output_tokens));
    }
    parts.push(format!("v{}", run.version));
    parts.join(" · ")
}

fn state(run: &Run, is_empty: bool) -> String {
    let after = |word: &str| match run.duration_ms {
        Some(ms) => format!("{word} {}", duration(ms)),
        None => word.trim_end_matches(" in").trim_end_matches(" after").to_owned(),
    };
    match (run.state, run.finish) {
        (RunState::Running, _) => match &run.waiting {
            None => "Running…".to_owned(),
            Some(waiting) => waiting::words(waiting),
        },
        (RunState::Done, Some(FinishReason::Length)) => after("Cut at the token limit after"),
        (RunState::Done, _) if is_empty => after("No text after"),
        (RunState::Done, _) => after("Done in"),
        (RunState::Stopped, _) => after("Stopped after"),
        (RunState::Failed, _) => after("Failed after"),
        (RunState::Interrupted, _) => "Interrupted: the server ended".to_owned(),
    }
}

/// Why a run failed or is not whole, and what to do about it.
#[component]
pub(super) fn Problem() -> impl IntoView {
    let workbench = use_workbench();
    let is_empty = Memo::new(move |_| workbench.output.text().with(|text| text.trim().is_empty()));
    let problem = Memo::new(move |_| {
        workbench.output.run().with(|run| run.as_ref().and_then(|run| problem(run, is_empty.get())))
    });
    view! {
        <div role="alert" class="alert-place">
            {move || problem.get().map(|Trouble { cause, next, remedy }| view! {
                <div class="alert">
                    <p><strong>{cause}</strong>" "{next}</p>
                    {remedy.map(|remedy| view! {
                        <Button on_press=move |()| remedy.apply(workbench)>{remedy.label()}</Button>
                    })}
                </div>
            })}
        </div>
    }
}

/// What is wrong with a run.
#[derive(Clone, PartialEq)]
struct Trouble {
    cause: String,
    next: String,
    remedy: Option<Remedy>,
}

/// What one click can do about it.
#[derive(Clone, Copy, PartialEq)]
enum Remedy {
    /// The same run may well succeed the next time.
    RunAgain,
    /// The model does not take this setting.
    RunWithout(Setting),
}

impl Remedy {
    fn label(self) -> &'static str {
        match self {
            Self::RunAgain => "Run again",
            Self::RunWithout(_) => "Run without it",
        }
    }

    fn apply(self, workbench: WorkbenchState) {
        match self {
            Self::RunAgain => workbench.start_run(),
            Self::RunWithout(setting) => workbench.run_without(setting),
        }
    }

    /// Nothing where something has to be changed by hand first: a wrong key, a bad request.
    fn after(kind: FailureKind) -> Option<Self> {
        match kind {
            FailureKind::RateLimit
            | FailureKind::Provider
            | FailureKind::Unreachable
            | FailureKind::Timeout
            | FailureKind::CutShort
            | FailureKind::Malformed
            | FailureKind::NoText
            | FailureKind::Unusable => Some(Self::RunAgain),
            FailureKind::SettingRefused(setting) => Some(Self::RunWithout(setting)),
            FailureKind::Authentication
            | FailureKind::UnknownModel
            | FailureKind::InvalidRequest
            | FailureKind::PromptTooLong
            | FailureKind::Blocked
            | FailureKind::NotConnected => None,
        }
    }
}

fn problem(run: &Run, is_empty: bool) -> Option<Trouble> {
    if let Some(Failure { message, hint, kind, .. }) = run.failure.clone() {
        return Some(Trouble { cause: message, next: hint, remedy: Remedy::after(kind) });
    }
    let (cause, next, remedy) = match (run.state, run.finish) {
        (RunState::Done, _) if cut::is_cut(run) => {
            let (cause, next) = cut::cause_and_advice(run);
            (cause, next, None)
        }
        (RunState::Done, _) if is_empty => (
            "The model answered with no text.".to_owned(),
            "Run again, say in the prompt what to answer, or choose another model.",
            Some(Remedy::RunAgain),
        ),
        (RunState::Interrupted, _) if is_empty => (
            "The server ended while this run was answering.".to_owned(),
            "Nothing of the answer was kept. Run again.",
            Some(Remedy::RunAgain),
        ),
        (RunState::Interrupted, _) => (
            "The server ended while this run was answering.".to_owned(),
            "What had arrived is kept below. Run again for the whole answer.",
            Some(Remedy::RunAgain),
        ),
        _ => return None,
    };
    Some(Trouble { cause, next: next.to_owned(), remedy })
}

/// Puts the output on the clipboard.
#[component]
pub(super) fn CopyButton() -> impl IntoView {
    let workbench = use_workbench();
    let copy = move |()| {
        let text = workbench.output.text().get_untracked();
        spawn_local(async move {
            let copied = browser::copy(&text).await;
            workbench.page.tell(if copied {
                "Output copied.".to_owned()
            } else {
                "The browser did not allow copying. Select the text and copy it.".to_owned()
            });
        });
    };
    view! {
        <Button
            kind=ButtonKind::Quiet
            disabled=Signal::derive(move || workbench.output.text().with(String::is_empty))
            on_press=copy
        >
            "Copy output"
        </Button>
    }
}

#[cfg(test)]
pub(super) mod tests {
    use align::model::{ModelRef, Settings, Usage};
    use align::record::{PromptId, RunId, RunPurpose};

    use super::*;

    /// A run whose answer was cut.
    pub(in super::super) fn cut_run() -> Run {
        run(RunState::Done, Some(FinishReason::Length))
    }

    fn run(state: RunState, finish: Option<FinishReason>) -> Run {
        Run {
            id: RunId(1),
            prompt_id: PromptId(1),
            version: 3,
            author: "local".to_owned(),
            model: ModelRef::new("demo", "demo-1"),
            purpose: RunPurpose::Interactive,
            settings: Settings::default(),
            values: align::Values::new(),
            state,
            waiting: None,
            instructions_moved: false,
            thoughts: String::new(),
            output: String::new(),
            finish,
            usage: Some(Usage { input_tokens: 38, output_tokens: 118, thought_tokens: 0 }),
            failure: None,
            started_at: 0,
            first_token_ms: Some(400),
            duration_ms: Some(3200),
        }
    }

    #[test]
    fn the_state_reads_as_one_line() {
        let done = run(RunState::Done, Some(FinishReason::Stop));
        assert!(words(&done, true).starts_with("No text after 3.2 s · "));
        assert_eq!(
            words(&done, false),
            "Done in 3.2 s · first token 400 ms · 38 tokens in, 118 out · v3"
        );
        let cut = run(RunState::Done, Some(FinishReason::Length));
        assert!(words(&cut, false).starts_with("Cut at the token limit after 3.2 s"));
        assert!(problem(&done, true).is_some_and(|it| it.cause.contains("no text")));
        assert!(problem(&cut, false).is_some_and(|it| it.cause.contains("default limit")));
        assert!(problem(&done, false).is_none());
        let interrupted = run(RunState::Interrupted, None);
        assert!(problem(&interrupted, false).is_some_and(|it| it.next.contains("kept below")));
        assert!(problem(&interrupted, true).is_some_and(|it| it.next.contains("Nothing")));
    }
}
