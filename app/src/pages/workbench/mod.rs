//! The workbench: everything for one prompt on one screen.

mod bar;
mod focus;
mod history;
mod keyboard;
mod notices;
mod output;
mod preview;
mod prompt;
mod refine;
mod sheets;

use align::record::{PromptId, Workbench};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::api;
use crate::components::escape::element_text;
use crate::components::{Alert, Header};
use crate::error::{AppError, ErrorKind};
use crate::pages::not_found::set_not_found;
use crate::state::WorkbenchState;
use crate::wire;

/// The page `/prompts/{id}`.
#[component]
pub(crate) fn WorkbenchPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<PromptId>().ok()));
    let snapshot = wire::resource(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::load_workbench(id).await,
                None => Err(missing()),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <p class="loading" role="status">"Loading the prompt…"</p> }>
            {move || Suspend::new(async move {
                match snapshot.await {
                    Ok(snapshot) => view! { <WorkbenchView snapshot/> }.into_any(),
                    Err(error) => view! { <Failed error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

fn missing() -> AppError {
    AppError::new(
        ErrorKind::NotFound,
        "There is no prompt at this address.",
        "Go back to the list of prompts.",
    )
}

/// What the page shows when there is no workbench to show.
#[component]
fn Failed(error: AppError) -> impl IntoView {
    if error.kind == ErrorKind::NotFound {
        set_not_found();
    }
    view! {
        <Header/>
        <main id="main" class="page" tabindex="-1">
            <Title text="Attune"/>
            <h1>{error.message}</h1>
            <p>{error.hint}</p>
            <p><a href="/">"All prompts"</a></p>
        </main>
    }
}

/// The three regions around one state.
#[component]
fn WorkbenchView(snapshot: Workbench) -> impl IntoView {
    let workbench = WorkbenchState::new(snapshot);
    provide_context(workbench);
    Effect::new(move || {
        workbench.follow();
        workbench.prompt.keep_typing();
        workbench.refine.take_up_edit();
        keyboard::listen(workbench);
        focus::keep(workbench);
        workbench.page.load_models();
    });
    view! {
        <Title text=move || element_text(format!("{} · Attune", workbench.prompt.title()))/>
        <bar::Bar/>
        <Alert error=workbench.page.error()/>
        <notices::Notices/>
        <sheets::Sheets/>
        <main id="main" class="workbench" tabindex="-1">
            <h1 class="visually-hidden">{move || workbench.prompt.title()}</h1>
            <prompt::PromptRegion/>
            <output::OutputRegion/>
            <refine::RefineRegion/>
        </main>
    }
}

/// The state of the workbench around a component.
fn use_workbench() -> WorkbenchState {
    expect_context::<WorkbenchState>()
}
