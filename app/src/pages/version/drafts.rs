//! Every draft that was made on the version, with its feedback and what became of it.

use align::Feedback;
use align::direct::{Finding, chosen};
use align::prompt::Prompt;
use align::record::{Draft, DraftState};
use leptos::prelude::*;

use super::{Place, facts};
use crate::api;
use crate::components::diff::{Diff, DiffLayout};
use crate::components::time::{Moment, author};
use crate::wire;

/// The list of drafts.
#[component]
pub(super) fn Drafts(place: Place, base: Prompt) -> impl IntoView {
    let drafts = wire::resource(|| (), move |()| api::drafts_of_version(place.id, place.number));
    let base = StoredValue::new(base);
    view! {
        <section class="stack" aria-labelledby="drafts-title">
            <h2 class="panel-title" id="drafts-title">"Drafts on this version"</h2>
            <Transition>
                {move || Suspend::new(async move {
                    match drafts.await {
                        Ok(drafts) if drafts.is_empty() => {
                            view! { <p class="muted">"None. A draft is made from feedback in the workbench."</p> }.into_any()
                        }
                        Ok(drafts) => {
                            let items = drafts.into_iter().map(|draft| {
                                view! { <li><DraftCard draft base=base.get_value()/></li> }
                            });
                            view! { <ul class="drafts">{items.collect_view()}</ul> }.into_any()
                        }
                        Err(error) => view! {
                            <div class="alert" role="alert">
                                <p><strong>{error.message}</strong>" "{error.hint}</p>
                            </div>
                        }
                        .into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

/// One draft: who asked for it, the feedback, why it changed what it changed, and how.
#[component]
fn DraftCard(draft: Draft, base: Prompt) -> impl IntoView {
    let text = draft.text().map(|text| chosen(&base, text, &draft.left_out));
    let (label, class) = state(draft.state);
    let rationale = draft.proposal.as_ref().map(|it| it.rationale.clone()).unwrap_or_default();
    let findings = draft.proposal.map(|proposal| proposal.findings).unwrap_or_default();
    let is_edited = draft.edited.is_some() || !draft.left_out.is_empty();
    let guidelines = draft.guidelines.into_iter().map(|guideline| Feedback::whole(guideline.text));
    let asked_by = format!("asked for by {}, ", author(&draft.author));
    view! {
        <article class="card stack">
            <div class="row">
                <h3>{format!("Draft {}", draft.number)}</h3>
                <span class=class>{label}</span>
                {match draft.state {
                    DraftState::Accepted { version } => Some(facts::link(draft.prompt_id, version)),
                    _ => None,
                }}
                <span class="muted">
                    {asked_by}<Moment at=draft.started_at/>" · "{draft.model.to_string()}
                </span>
            </div>
            {quotes("Feedback", draft.feedback)}
            {quotes("Guidelines", guidelines.collect())}
            {draft.failure.map(|failure| view! {
                <div class="alert"><p><strong>{failure.message}</strong>" "{failure.hint}</p></div>
            })}
            {(!rationale.is_empty()).then(|| view! { <p class="draft-rationale">{rationale}</p> })}
            {findings_list(findings)}
            {text.map(|text| view! { <Changes base text is_edited/> })}
        </article>
    }
}

/// What became of a draft, in words and as the class of its badge.
fn state(state: DraftState) -> (&'static str, &'static str) {
    match state {
        DraftState::Drafting => ("being written", "badge"),
        DraftState::Ready => ("waits for a decision", "badge warning"),
        DraftState::Accepted { .. } => ("accepted as", "badge good"),
        DraftState::Rejected => ("rejected", "badge"),
        DraftState::Stopped => ("stopped", "badge"),
        DraftState::Failed => ("failed", "badge bad"),
        DraftState::Interrupted => ("interrupted by a restart", "badge"),
    }
}

/// What a draft was made from.
fn quotes(label: &'static str, pieces: Vec<Feedback>) -> AnyView {
    if pieces.is_empty() {
        return ().into_any();
    }
    let items = pieces.into_iter().map(piece).collect_view();
    view! { <ul class="draft-feedback" aria-label=label>{items}</ul> }.into_any()
}

fn piece(feedback: Feedback) -> impl IntoView {
    view! {
        <li class="quote">
            {feedback.span.map(|span| view! { <q>{span.exact}</q> })}
            <p>{feedback.text}</p>
        </li>
    }
}

fn findings_list(findings: Vec<Finding>) -> impl IntoView {
    (!findings.is_empty()).then(|| {
        let items = findings.into_iter().map(|finding| view! { <li>{finding.message}</li> });
        view! { <ul class="draft-findings" aria-label="Findings">{items.collect_view()}</ul> }
    })
}

/// What the draft changes in its base, folded away.
#[component]
fn Changes(base: Prompt, text: Prompt, is_edited: bool) -> impl IntoView {
    let summary = if is_edited { "Show its changes, as edited" } else { "Show its changes" };
    let instructions = (base.system_instructions != text.system_instructions).then(|| {
        view! {
            <h4 class="part-title">"System instructions"</h4>
            <Diff
                old=base.system_instructions
                new=text.system_instructions
                layout=Signal::stored(DiffLayout::Inline)
            />
            <h4 class="part-title">"Prompt"</h4>
        }
    });
    view! {
        <details>
            <summary>{summary}</summary>
            <div class="stack">
                {instructions}
                <Diff old=base.text new=text.text layout=Signal::stored(DiffLayout::Inline)/>
            </div>
        </details>
    }
}
