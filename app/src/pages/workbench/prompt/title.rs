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
        // A title that was typed before the page was loaded anew.
        if let Some(text) = typed_titles::kept(prompt.id()) {
            typed.set(Some(text.clone()));
            rename(text);
        }
        // The page may be left while a title is being typed. Setting a signal now would run effects
        // whose signals are about to be disposed of, so the title is sent from where it is kept.
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
        // The browser also sends this event when the box is removed with its page, while the page's
        // signals are being disposed of. In a task of its own, either all of them are there or none.
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
