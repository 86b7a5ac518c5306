//! The title of the prompt.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::use_workbench;
use crate::components::live::use_live;
use crate::typed_titles;

/// How long typing pauses before the prompt is renamed.
const PAUSE: Duration = Duration::from_millis(600);

/// A text box that renames the prompt after a pause, when it is left, or when Enter is pressed.
#[component]
pub(super) fn TitleField() -> impl IntoView {
    let prompt = use_workbench().prompt;
    let live = use_live();
    // What is typed stays until it is the title: events about models must not put the old one back.
    let typed = RwSignal::new(None::<String>);
    let title = move || typed.get().unwrap_or_else(|| prompt.title());
    let rename = move |text: String| {
        let text = text.trim().to_owned();
        if typed.try_get_untracked().flatten().is_some_and(|typed| typed.trim() == text) {
            typed.set(None);
            prompt.rename(text);
        }
    };
    Effect::new(move || {
        // What an earlier page kept.
        if let Some(text) = typed_titles::kept(prompt.id()) {
            typed.set(Some(text.clone()));
            rename(text);
        }
        // This one may be left in the middle of a word. Its signals must not change any more: what
        // shows them would run once more, without them.
        on_cleanup(|| {
            spawn_local(async {
                typed_titles::send_all().await;
            });
        });
    });
    let input = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        typed_titles::keep(prompt.id(), &text);
        typed.set(Some(text.clone()));
        set_timeout(move || rename(text), PAUSE);
    };
    let change = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        // A box that is taken away with its page says so once more, while its signals go: what then
        // changes would be shown without them. A moment later there is no `typed`, or a page that stays.
        set_timeout(move || rename(text), Duration::ZERO);
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
                readonly=Signal::derive(move || !live.get())
                value=untrack(title)
                prop:value=title
                on:input=input
                on:change=change
            />
        </label>
    }
}
