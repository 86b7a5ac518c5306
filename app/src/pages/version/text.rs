//! The text of a version, to read and to copy.

use std::collections::BTreeSet;

use align::prompt::Prompt;
use align::template::{Segment, Template};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser;
use crate::components::diff::revealed;
use crate::components::{Button, ButtonKind};

/// System instructions, where there are any, and the prompt.
#[component]
pub(super) fn Texts(prompt: Prompt) -> impl IntoView {
    let Prompt { system_instructions, text, plain_names } = prompt;
    let has_instructions = !system_instructions.is_empty();
    let names = plain_names.clone();
    view! {
        {has_instructions.then(move || view! {
            <Text label="System instructions" text=system_instructions plain_names=names/>
        })}
        <Text label="Prompt" text plain_names/>
    }
}

#[component]
fn Text(label: &'static str, text: String, plain_names: BTreeSet<String>) -> impl IntoView {
    let marked = marked(&text, &plain_names);
    let text = StoredValue::new(text);
    let status = RwSignal::new("");
    let copy = move |()| {
        spawn_local(async move {
            let is_copied = browser::copy(&text.get_value()).await;
            status.try_set(if is_copied {
                "Copied."
            } else {
                "The browser does not allow copying."
            });
        });
    };
    view! {
        <section class="stack" aria-label=label>
            <div class="panel-head">
                <h2 class="panel-title">{label}</h2>
                <div class="row">
                    <span class="muted" role="status">{status}</span>
                    <Button kind=ButtonKind::Quiet on_press=copy>"Copy"</Button>
                </div>
            </div>
            <pre class="prompt-text" tabindex="0" role="group" aria-label=label>{marked}</pre>
        </section>
    }
}

/// The text with its variables in `<mark>`.
fn marked(text: &str, plain_names: &BTreeSet<String>) -> Vec<AnyView> {
    let template = Template::parse(text, plain_names);
    let pieces = template.segments().iter().map(|segment| match segment {
        Segment::Text(text) => view! { <span>{revealed(text)}</span> }.into_any(),
        Segment::Variable(name) => view! { <mark>{format!("{{{name}}}")}</mark> }.into_any(),
    });
    pieces.collect()
}
