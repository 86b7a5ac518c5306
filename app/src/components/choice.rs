//! A notice that leaves a decision between two to the person.

use leptos::prelude::*;

use super::{Button, ButtonKind};

/// What happened, the text it is about if there is one to show, and the two ways to go on.
#[component]
pub(crate) fn Choice(
    /// What happened.
    #[prop(into)]
    words: String,
    /// The text it is about.
    #[prop(optional)]
    text: Option<String>,
    /// More to look at before deciding.
    #[prop(optional)]
    children: Option<Children>,
    /// What the first button says.
    first: &'static str,
    /// What the second button says.
    second: &'static str,
    /// Called with whether the first one was pressed.
    #[prop(into)]
    on_choice: Callback<bool>,
) -> impl IntoView {
    view! {
        <div class="notice" role="note">
            <p>{words}</p>
            {text.map(|text| view! { <pre class="diff">{text}</pre> })}
            {children.map(|children| children())}
            <div class="row">
                <Button on_press=move |()| on_choice.run(true)>{first}</Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| on_choice.run(false)>{second}</Button>
            </div>
        </div>
    }
    .into_any()
}
