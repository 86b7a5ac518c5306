//! The first visit: the demo model and a real one, side by side.

use leptos::prelude::*;

/// Two ways to begin.
#[component]
pub(super) fn FirstVisit(
    /// Whether this person may connect models.
    may_change: bool,
) -> impl IntoView {
    let real = if may_change {
        "Add a connection below: choose a provider, enter its key, and test it. It is used at once."
    } else {
        "Ask whoever runs this server to connect one."
    };
    view! {
        <div class="ways-to-begin" role="note">
            <div>
                <h3>"Start with the demo model"</h3>
                <p>"It works offline and shows the whole loop. It is not a language model."</p>
                <p><a href="/">"Go to prompts"</a></p>
            </div>
            <div>
                <h3>"Connect a real model"</h3>
                <p>"No language model is connected yet. "{real}</p>
            </div>
        </div>
    }
}
