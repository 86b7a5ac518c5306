//! The title of the prompt.

use leptos::prelude::*;

use super::super::use_bench;
use crate::components::live::use_live;

/// A text box that renames the prompt when it is left or Enter is pressed.
#[component]
pub(super) fn TitleField() -> impl IntoView {
    let bench = use_bench();
    let live = use_live();
    let title = move || bench.head.with(|head| head.title.clone());
    let rename = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event).trim().to_owned();
        if !typed.is_empty() && typed != untrack(title) {
            bench.rename(typed);
        }
    };
    view! {
        <label class="field">
            <span>"Title"</span>
            <input
                type="text"
                class="title-input"
                maxlength="200"
                required
                autocomplete="off"
                readonly=move || !live.get()
                value=untrack(title)
                prop:value=title
                on:change=rename
            />
        </label>
    }
}
