//! The search box: finds while one types, and works as a plain form.

use std::time::Duration;

use align::record::PromptQuery;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::{address, use_prompts};

/// How long typing rests before it is searched for.
const REST: Duration = Duration::from_millis(150);

/// The form around the search box.
#[component]
pub(super) fn SearchForm() -> impl IntoView {
    let query = use_prompts().query;
    let element = NodeRef::<Input>::new();
    let navigate = use_navigate();
    // What the box asked for last; an address that says something else came from elsewhere.
    let asked = StoredValue::new(query.with_untracked(|query| query.search.clone()));
    let search = Callback::new(move |()| {
        let Some(typed) = element.get_untracked().map(|element| element.value()) else { return };
        let old = query.get_untracked();
        let typed = typed.trim().to_owned();
        asked.set_value(typed.clone());
        if typed == old.search {
            return;
        }
        // One step back leaves the search, not its last letter.
        let replace = !old.search.is_empty();
        let to = address::print(&PromptQuery { search: typed, page: 0, ..old });
        navigate(&to, NavigateOptions { replace, scroll: false, ..Default::default() });
    });
    follow_address(element, query, asked, search);
    let mut search_soon = debounce(REST, move |()| {
        search.try_run(());
    });
    view! {
        <form
            class="search"
            role="search"
            method="get"
            action="/"
            on:submit=move |event: leptos::ev::SubmitEvent| {
                event.prevent_default();
                search.run(());
            }
        >
            <label class="visually-hidden" for="search">"Search prompts"</label>
            <input
                id="search"
                node_ref=element
                type="search"
                name="q"
                maxlength="200"
                placeholder="Search titles, texts and tags"
                autocomplete="off"
                value=query.with_untracked(|query| query.search.clone())
                on:input=move |_| search_soon(())
            />
            {move || query.with(|query| query.tag.clone()).map(|tag| {
                view! { <input type="hidden" name="tag" value=tag/> }
            })}
            <button type="submit" class="button without-scripts">"Search"</button>
        </form>
    }
}

/// Shows what the address asks for, unless it says what was typed here; and searches for what was
/// typed before the page was live.
fn follow_address(
    element: NodeRef<Input>,
    query: Memo<PromptQuery>,
    asked: StoredValue<String>,
    search: Callback<()>,
) {
    let is_bound = StoredValue::new(false);
    Effect::new(move || {
        let wanted = query.with(|query| query.search.clone());
        let Some(element) = element.get() else { return };
        if !is_bound.get_value() {
            is_bound.set_value(true);
            if element.value().trim() != wanted {
                search.run(());
            }
        } else if wanted != asked.get_value() {
            element.set_value(&wanted);
            asked.set_value(wanted);
        }
    });
}
