//! What the alignment model was asked about the output: how far it is, what it proposes, what it
//! suggests, what failed.

use align::guidelines::Tone;
use align::model::Failure;
use align::record::{Answer, Consultation, ConsultationId, ConsultationState, Question};
use leptos::prelude::*;

use super::super::super::use_workbench;
use super::proposal::Proposal;
use crate::components::waiting::{self, Countdown};
use crate::components::{Button, ButtonKind};

/// One card for each that is not put away.
#[component]
pub(super) fn Asked() -> impl IntoView {
    let guidelines = use_workbench().guidelines;
    let key = |asked: &Consultation| format!("{} {:?}", asked.id, asked.state);
    view! {
        <div class="asked" aria-live="polite">
            <For each=move || guidelines.consultations().get() key let(asked)>
                {card(asked)}
            </For>
        </div>
    }
}

fn card(asked: Consultation) -> AnyView {
    let id = asked.id;
    match (asked.state, asked.answer.clone()) {
        (ConsultationState::Working, _) => {
            view! { <Working id activity=activity(&asked.question)/> }.into_any()
        }
        (_, Some(Answer::Suggestions(texts))) => {
            view! { <Suggestions id title=suggested(&asked.question) texts/> }.into_any()
        }
        (_, Some(Answer::Nothing { reason })) => view! { <NoChange id reason/> }.into_any(),
        (
            ConsultationState::Ready,
            Some(Answer::Edit { guideline_id, before, after, reason, findings }),
        ) => {
            let about = guideline_id;
            view! { <Proposal id about title="Proposed edit" before after reason findings/> }
                .into_any()
        }
        (ConsultationState::Ready, Some(Answer::Remove { guideline_id, before, reason })) => {
            let about = guideline_id;
            view! { <Proposal id about title="Proposed removal" before reason/> }.into_any()
        }
        _ => view! { <Ended asked/> }.into_any(),
    }
}

/// "Distilling" or "Suggesting".
fn activity(question: &Question) -> &'static str {
    match question {
        Question::Distil { .. } => "distilling",
        Question::Suggest { .. } => "suggesting",
    }
}

fn suggested(question: &Question) -> &'static str {
    match question {
        Question::Suggest { tone: Tone::Kudos } => "Suggested kudos",
        _ => "Suggested critiques",
    }
}

#[component]
fn Working(id: ConsultationId, activity: &'static str) -> impl IntoView {
    let guidelines = use_workbench().guidelines;
    let waiting = Memo::new(move |_| {
        let all = guidelines.consultations().get();
        all.into_iter().find(|asked| asked.id == id).and_then(|asked| asked.waiting)
    });
    let counts = Memo::new(move |_| waiting.with(|it| waiting::is_counted(it.as_ref())));
    let words = move || match waiting.get() {
        Some(waiting) => waiting::words(&waiting) + ".",
        None if activity == "distilling" => "Distilling a guideline…".to_owned(),
        None => "Looking for what could be said…".to_owned(),
    };
    view! {
        <div class="card working">
            <p class="muted" class:visually-hidden=counts role="status">{words}</p>
            {move || counts.get().then(|| view! {
                <p class="muted" aria-hidden="true"><Countdown waiting/>"."</p>
            })}
            <p class="muted">{move || waiting.with(|it| it.as_ref().map(waiting::reason))}</p>
            <div class="row">
                <Button kind=ButtonKind::Quiet on_press=move |()| guidelines.stop_consultation(id)>
                    {format!("Stop {activity}")}
                </Button>
            </div>
        </div>
    }
}

/// Statements that fill the Feedback box.
#[component]
fn Suggestions(id: ConsultationId, title: &'static str, texts: Vec<String>) -> impl IntoView {
    let workbench = use_workbench();
    let offered = texts.clone();
    let chips = texts.into_iter().map(move |text| {
        let (taken, offered) = (text.clone(), offered.clone());
        let take = move |()| {
            workbench.prompt.editor().feedback().update(|typed| {
                let is_own = !typed.trim().is_empty() && !offered.contains(typed);
                *typed = if is_own { format!("{typed}\n{taken}") } else { taken.clone() };
            });
        };
        view! { <li><Button on_press=take>{text}</Button></li> }
    });
    view! {
        <div class="card suggestions">
            <p class="card-title" id=format!("asked-{id}")>{title}</p>
            <ul class="chips" aria-labelledby=format!("asked-{id}")>{chips.collect_view()}</ul>
            <p class="muted">"Press one to put it into the Feedback box; change it as you like."</p>
            <div class="row">
                <Button kind=ButtonKind::Quiet on_press=move |()| workbench.guidelines.dismiss_consultation(id)>
                    "Dismiss suggestions"
                </Button>
            </div>
        </div>
    }
}

/// The guidelines say it already.
#[component]
fn NoChange(id: ConsultationId, reason: String) -> impl IntoView {
    let guidelines = use_workbench().guidelines;
    view! {
        <div class="notice">
            <p><strong>"No guideline changes."</strong>" "{reason}</p>
            <Button kind=ButtonKind::Quiet on_press=move |()| guidelines.dismiss_consultation(id)>
                "Dismiss notice"
            </Button>
        </div>
    }
}

/// It came to no answer. What was asked is kept.
#[component]
fn Ended(asked: Consultation) -> impl IntoView {
    let workbench = use_workbench();
    let id = asked.id;
    let said = match &asked.question {
        Question::Distil { evidence } => Some(format!("You gave: “{}”", short(evidence.said()))),
        Question::Suggest { .. } => None,
    };
    let (cause, next) = match (asked.failure, asked.state) {
        (Some(Failure { message, hint, .. }), _) => (message, hint),
        (None, ConsultationState::Stopped) => {
            (format!("You stopped {}.", activity(&asked.question)), String::new())
        }
        (None, _) => {
            ("The server ended before the answer.".to_owned(), "Nothing is lost.".to_owned())
        }
    };
    view! {
        <div class="alert" role="alert">
            <p><strong>{cause}</strong>" "{next}" "{said}</p>
            <div class="row">
                <Button on_press=move |()| workbench.ask_again(id)>"Ask again"</Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| workbench.guidelines.dismiss_consultation(id)>
                    "Dismiss notice"
                </Button>
            </div>
        </div>
    }
}

/// The beginning of a text, in one line.
fn short(text: &str) -> String {
    const CHARS: usize = 160;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(CHARS) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_long_text_shows_its_beginning() {
        assert_eq!(short("Say it\n in one line."), "Say it in one line.");
        assert_eq!(short(&"é".repeat(161)), "é".repeat(160) + "…");
    }
}
