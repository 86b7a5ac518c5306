//! A draft that never became one: why, what the model replied, and asking again.

use align::model::{Failure, ModelRef};
use align::record::{Draft, DraftState, StartFrom, Workflow};
use leptos::prelude::*;

use super::super::prompt::model_options;
use super::super::use_workbench;
use crate::components::Button;
use crate::components::live::use_live;

/// Why it ended, and what to do about it.
#[component]
pub(super) fn Ended(draft: Draft) -> impl IntoView {
    let has_failed = draft.state == DraftState::Failed;
    let (cause, next) = reason(&draft);
    let reply = draft.reply.clone();
    view! {
        <div class="draft-body">
            <div class="alert" role="alert">
                <p><strong>{cause}</strong>" "{next}</p>
                {has_failed.then(|| view! { <Again draft/> })}
            </div>
            {(!reply.trim().is_empty()).then(|| view! {
                <details>
                    <summary>"Show reply"</summary>
                    <pre class="diff">{reply}</pre>
                </details>
            })}
        </div>
    }
}

fn reason(draft: &Draft) -> (String, String) {
    match (&draft.failure, draft.state) {
        (Some(Failure { message, hint, .. }), _) => (message.clone(), hint.clone()),
        (None, DraftState::Stopped) => {
            ("You stopped this draft.".to_owned(), "Ask for another whenever you like.".to_owned())
        }
        (None, _) => (
            "The server ended while this draft was written.".to_owned(),
            match draft.workflow() {
                Workflow::Direct => "Your feedback is kept: press Redraft.".to_owned(),
                Workflow::Guidelines => {
                    "Nothing is lost: press Rewrite from guidelines.".to_owned()
                }
            },
        ),
    }
}

/// Asks for the same draft again, of a model that is chosen here.
#[component]
fn Again(draft: Draft) -> impl IntoView {
    let workbench = use_workbench();
    let live = use_live();
    let chosen = RwSignal::new(draft.model.clone());
    let (workflow, start) = (draft.workflow(), started_from(&draft));
    let ask = move |()| {
        let model = Some(chosen.get_untracked());
        workbench.prompt.change_models(|models| models.alignment_model = model);
        match workflow {
            Workflow::Direct => workbench.start_draft(1),
            Workflow::Guidelines => workbench.rewrite(start, 1),
        }
    };
    let options = move || {
        let failed = draft.model.clone();
        let providers = workbench
            .page
            .models()
            .with(|models| models.as_ref().map(|all| all.providers.clone()).unwrap_or_default());
        model_options(providers, Some(&failed))
    };
    let choose = move |event: leptos::ev::Event| {
        if let Ok(model) = event_target_value(&event).parse::<ModelRef>() {
            chosen.set(model);
        }
    };
    view! {
        <div class="row">
            <label class="field">
                <span>"Model for the next draft"</span>
                <select disabled=Signal::derive(move || !live.get()) on:change=choose>{options}</select>
            </label>
            <Button on_press=ask>"Draft with this model"</Button>
        </div>
    }
}

/// Which text a draft was made from.
fn started_from(draft: &Draft) -> StartFrom {
    if draft.rewrites != 0 && draft.rewrites != draft.base {
        StartFrom::Original
    } else {
        StartFrom::Newest
    }
}
