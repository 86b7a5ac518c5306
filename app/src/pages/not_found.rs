//! What is shown where nothing is.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::Header;

/// The page for addresses that lead nowhere.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    set_not_found();
    view! {
        <Title text="Not found · Attune"/>
        <Header/>
        <main id="main" class="page" tabindex="-1">
            <div class="empty">
                <h1>"Nothing is here"</h1>
                <p>"This address leads to no page of Attune. A link may be incomplete, or what it led to was deleted."</p>
                <a class="button" href="/">"All prompts"</a>
            </div>
        </main>
    }
}

/// Answers the request with the status 404, on the server.
pub(crate) fn set_not_found() {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
}
