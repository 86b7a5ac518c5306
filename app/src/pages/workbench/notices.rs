//! Notices about the whole workbench: typed elsewhere, deleted, what was done last.

use leptos::prelude::*;

use super::use_bench;
use crate::components::Choice;

/// The notices there are.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let bench = use_bench();
    view! {
        <p class="visually-hidden" role="status">{bench.notice}</p>
        {move || bench.deleted.get().then(|| view! {
            <div class="notice" role="note">
                <p>"This prompt was deleted. You can undo that on the "<a href="/">"Prompts page"</a>", as long as it is open there."</p>
            </div>
        })}
        {move || bench.discarded_elsewhere().map(|words| view! {
            <Choice
                words=format!("What you were typing in place of “{}” was put away on another page: “{}”", words.before, words.text)
                first="Go on with it"
                second="Let it go"
                on_choice=move |go_on| bench.settle_discarded(go_on)
            />
        })}
        {move || bench.differs_elsewhere().then(|| view! {
            <Choice
                words="This prompt was also typed in on another page, and the texts differ. Nothing is lost yet: choose which to go on with."
                first="Keep what is here"
                second="Take the other text"
                on_choice=move |keep: bool| bench.decide_typed(!keep)
            />
        })}
    }
}
