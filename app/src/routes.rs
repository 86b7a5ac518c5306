//! The application and its routes.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::components::live::provide_live;
use crate::pages::not_loaded::UpdateNotice;
use crate::pages::{NotFoundPage, Page};

/// The whole application.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_live();
    view! {
        <Router>
            <noscript>
                <p class="notice" role="note">
                    "Attune needs JavaScript and WebAssembly to run prompts, draft rewrites and save. Without them this page can only be read."
                </p>
            </noscript>
            <UpdateNotice/>
            // Pages are rendered whole before they are sent: they are quick, and complete without scripts.
            <FlatRoutes fallback=|| view! { <NotFoundPage/> }>
                <Route path=path!("/") view=Page::Prompts ssr=SsrMode::Async/>
                <Route path=path!("/prompts/:id") view=Page::Workbench ssr=SsrMode::Async/>
                <Route path=path!("/prompts/:id/versions/:number") view=Page::Version ssr=SsrMode::Async/>
                <Route path=path!("/settings") view=Page::Settings ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
