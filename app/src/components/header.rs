//! The bar at the top of every page.

use leptos::prelude::*;
use leptos_router::components::A;

/// Brand, where one is, and what the page adds on the right.
#[component]
pub(crate) fn Header(
    /// What follows the brand: where one is.
    #[prop(into, optional)]
    crumbs: ViewFn,
    /// Controls of the page.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        // The router would take the click and scroll; only the browser itself moves the focus along.
        <a class="skip" href="#main" rel="external">"Skip to content"</a>
        <header class="bar">
            <A href="/" attr:class="brand" attr:aria-label="Attune, all prompts">"at"<b>"tune"</b></A>
            <nav class="crumbs" aria-label="Where you are">{crumbs.run()}</nav>
            <div class="bar-controls">
                {children.map(|children| children())}
                <A href="/settings" attr:class="button quiet">"Settings"</A>
            </div>
        </header>
    }
}
