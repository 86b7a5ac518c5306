//! Notices about the whole workbench: typed elsewhere, deleted, what was done last.

use leptos::prelude::*;

use super::use_bench;
use crate::components::{Button, ButtonKind};
use crate::reactive::dynamic;

/// The notices there are.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let bench = use_bench();
    view! {
        <p class="visually-hidden" role="status">{bench.notice}</p>
        {dynamic(move || bench.deleted.get().then(|| view! {
            <div class="notice" role="note">
                <p>"This prompt was deleted. You can undo that on the "<a href="/">"Prompts page"</a>", as long as it is open there."</p>
            </div>
        }))}
        {dynamic(move || bench.put_away_elsewhere().map(|words| view! {
            <div class="notice" role="note">
                <p>
                    {format!("What you were typing in place of “{}” was put away on another page: “{}”", words.before, words.text)}
                </p>
                <div class="row">
                    <Button on_press=move |()| bench.settle_put_away(true)>"Go on with it"</Button>
                    <Button kind=ButtonKind::Quiet on_press=move |()| bench.settle_put_away(false)>
                        "Let it go"
                    </Button>
                </div>
            </div>
        }))}
        {dynamic(move || bench.differs_elsewhere().then(|| view! {
            <div class="notice" role="note">
                <p>"This prompt was also typed in on another page, and the texts differ. Nothing is lost yet: choose which to go on with."</p>
                <div class="row">
                    <Button on_press=move |()| bench.decide_typed(false)>"Keep what is here"</Button>
                    <Button kind=ButtonKind::Quiet on_press=move |()| bench.decide_typed(true)>
                        "Take the other text"
                    </Button>
                </div>
            </div>
        }))}
    }
}
