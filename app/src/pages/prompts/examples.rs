//! The gallery: one press makes a prompt from an example and opens it.

use leptos::prelude::*;

use super::use_prompts;
use crate::components::live::use_live;
use crate::gallery::{EXAMPLES, Example};

/// All examples.
#[component]
pub(super) fn Examples() -> impl IntoView {
    let cards = EXAMPLES.iter().map(|example| view! { <li><Card example/></li> });
    view! { <ul class="examples">{cards.collect_view()}</ul> }
}

#[component]
fn Card(example: &'static Example) -> impl IntoView {
    let prompts = use_prompts();
    let live = use_live();
    let tags = example.tags.iter().map(|tag| view! { <span class="tag">{*tag}</span> });
    view! {
        <button
            type="button"
            class="card example"
            disabled=Signal::derive(move || !live.get() || prompts.busy.get())
            on:click=move |_| prompts.create_from(example)
        >
            <strong>{example.title}</strong>
            <span class="muted">{example.summary}</span>
            <span class="row">{tags.collect_view()}</span>
        </button>
    }
}
