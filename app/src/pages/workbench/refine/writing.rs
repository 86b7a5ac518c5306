//! A draft while its reply streams.

use align::direct::{PartialDraft, partial};
use align::record::Draft;
use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::waiting::{self, Countdown, seconds_since_shown};

const SENT_BACK: &str = "The first reply could not be taken as it was.";

/// What is known while it streams.
#[component]
pub(super) fn Writing() -> impl IntoView {
    let refine = use_workbench().refine;
    let so_far =
        Memo::new(move |_| refine.draft().map(|draft| partial(&draft.reply)).unwrap_or_default());
    let phase =
        Memo::new(move |_| refine.draft().map(|draft| Phase::of(&draft)).unwrap_or_default());
    let waiting = Memo::new(move |_| refine.draft().and_then(|draft| draft.waiting));
    let counts = Memo::new(move |_| waiting.with(|it| waiting::is_counted(it.as_ref())));
    let elapsed = seconds_since_shown();
    let words = move || match waiting.get() {
        Some(waiting) => waiting::words(&waiting) + ".",
        None => phase.get().words().to_owned(),
    };
    // Seconds are for the eye: a live region that counted would talk all the time.
    let counted = move || match waiting.get() {
        Some(_) if counts.get() => view! { <Countdown waiting/>"." }.into_any(),
        Some(waiting) => (waiting::words(&waiting) + ".").into_any(),
        None => format!("{} · {} s", phase.get().words(), elapsed.get()).into_any(),
    };
    view! {
        <div class="draft-body">
            <p class="visually-hidden" role="status">{words}</p>
            <p class="muted" aria-hidden="true">{counted}</p>
            <p class="muted">{move || match waiting.get() {
                Some(waiting) => Some(waiting::reason(&waiting)),
                None => (phase.get() == Phase::SecondTry).then(|| SENT_BACK.to_owned()),
            }}</p>
            <Diagnosing so_far/>
            <p class="rationale">{move || so_far.with(|so_far| before_tags(&so_far.rationale).to_owned())}</p>
            <pre class="diff streaming">{move || so_far.with(|so_far| so_far.text.clone())}</pre>
        </div>
    }
}

/// What the model finds in the prompt, open until the rewrite begins.
#[component]
fn Diagnosing(so_far: Memo<PartialDraft>) -> impl IntoView {
    let any = Memo::new(move |_| so_far.with(|so_far| !so_far.diagnosis.is_empty()));
    let is_read = Memo::new(move |_| so_far.with(|so_far| so_far.text.is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <details class="diagnosis" open=move || is_read.get()>
                    <summary>"Diagnosis"</summary>
                    <p>{move || so_far.with(|so_far| so_far.diagnosis.clone())}</p>
                </details>
            }
        })
    }
}

/// How far a reply is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// The model reads the request: nothing of its reply has arrived.
    #[default]
    Reading,
    /// The reply arrives.
    Writing,
    /// The first reply was sent back.
    SecondTry,
}

impl Phase {
    fn of(draft: &Draft) -> Self {
        match (draft.tries, draft.reply.is_empty()) {
            (2.., _) => Self::SecondTry,
            (_, true) => Self::Reading,
            (_, false) => Self::Writing,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Reading => "Reading",
            Self::Writing => "Writing",
            Self::SecondTry => "Second try",
        }
    }
}

/// What a model says before it falls into tags that nobody asked for.
fn before_tags(text: &str) -> &str {
    let is_tag = |rest: &str| rest.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
    let tag = text.match_indices('<').find(|(place, _)| is_tag(&text[place + 1..]));
    tag.map_or(text, |(place, _)| text[..place].trim_end())
}

#[cfg(test)]
mod tests {
    use super::before_tags;

    #[test]
    fn tags_are_not_shown() {
        let check = |text, expected| assert_eq!(before_tags(text), expected);
        check("Shorter, if x < 3.", "Shorter, if x < 3.");
        check("Here it is: <prompt-07>Name", "Here it is:");
        check("</feedback>", "");
    }
}
