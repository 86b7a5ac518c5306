//! Before the first run with no real model: the demo model and a real one, side by side.

use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::LocalServers;
use crate::error::AppError;

/// Two ways to begin; nothing where a real model is connected.
#[component]
pub(super) fn WaysToBegin() -> impl IntoView {
    let page = use_workbench().page;
    let only_demo = Memo::new(move |_| {
        page.models().with(|models| {
            models.as_ref().is_some_and(|all| all.providers.iter().all(|it| it.id == "demo"))
        })
    });
    let connected = move |outcome: Result<(), AppError>| match outcome {
        Ok(()) => page.load_models(),
        Err(error) => page.fail(error),
    };
    view! {
        <Show when=move || only_demo.get()>
            <div class="ways-to-begin" role="note">
                <div>
                    <h3>"Start with the demo model"</h3>
                    <p>"It works offline and shows the whole loop. It is not a language model."</p>
                </div>
                <div>
                    <h3>"Connect a real model"</h3>
                    <LocalServers on_connected=connected/>
                    <p><a href="/settings">"Connect a model in Settings"</a></p>
                </div>
            </div>
        </Show>
    }
}
