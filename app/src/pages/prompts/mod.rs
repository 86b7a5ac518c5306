//! The Prompts page: find a prompt, start one, and what can be done to a whole prompt.

mod address;
mod commands;
mod edit;
mod examples;
mod filter;
mod paging;
mod results;
mod row;
mod search;
mod state;
mod toasts;

use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{Alert, Button, ButtonKind, Header};
use state::Prompts;

/// The page `/`.
#[component]
pub(crate) fn PromptsPage() -> impl IntoView {
    let prompts = Prompts::new();
    provide_context(prompts);
    prompts.keep_focus();
    prompts.send_typed_titles();
    view! {
        <Title text="Prompts · Attune"/>
        <Header/>
        <main id="main" class="page" tabindex="-1">
            <div class="row spread">
                <h1>"Prompts"</h1>
                <Button
                    kind=ButtonKind::Primary
                    disabled=prompts.busy
                    on_press=move |()| prompts.create_blank()
                >
                    "New prompt"
                </Button>
            </div>
            <Alert error=prompts.error/>
            <search::SearchForm/>
            <Transition fallback=|| view! { <p class="loading" role="status">"Loading prompts…"</p> }>
                <filter::TagFilter/>
                <results::Results/>
            </Transition>
        </main>
        <edit::EditDialog/>
        <toasts::Toasts/>
    }
}

/// The state of the page around a component.
fn use_prompts() -> Prompts {
    expect_context::<Prompts>()
}
