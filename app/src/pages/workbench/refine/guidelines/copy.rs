//! Copying guidelines out of the studio.

use align::guidelines::{as_json, as_markdown};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser;
use crate::components::{Button, ButtonKind};

/// Two buttons that put guidelines on the clipboard, as Markdown and as JSON.
#[component]
pub(super) fn CopyAs(
    /// What they stand under.
    #[prop(into)]
    name: Signal<String>,
    /// What they say.
    #[prop(into)]
    texts: Signal<Vec<String>>,
) -> impl IntoView {
    // Said here, not on the page: it lies behind the sheet.
    let status = RwSignal::new("");
    let copy = move |write: fn(&str, &[String]) -> String| {
        let text = write(&name.get_untracked(), &texts.get_untracked());
        spawn_local(async move {
            let words = if browser::copy(&text).await {
                "Guidelines copied."
            } else {
                "The browser did not allow copying."
            };
            status.try_set(words);
        });
    };
    view! {
        <Button kind=ButtonKind::Quiet on_press=move |()| copy(as_markdown)>"Copy as Markdown"</Button>
        <Button kind=ButtonKind::Quiet on_press=move |()| copy(as_json)>"Copy as JSON"</Button>
        <span class="muted" role="status">{status}</span>
    }
}
