//! The page of one version: its text, where it came from, how it differs from any other, and every
//! draft that was made on it.

mod compare;
mod drafts;
mod facts;
mod restore;
mod text;

use align::record::{PromptId, Version, VersionNumber};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::not_found::set_not_found;
use crate::api;
use crate::components::Header;
use crate::components::escape::element_text;
use crate::error::{AppError, ErrorKind};
use crate::wire;

/// Which version an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    id: PromptId,
    number: VersionNumber,
}

impl Place {
    fn address(self) -> String {
        format!("/prompts/{}/versions/{}", self.id, self.number)
    }
}

/// The page `/prompts/{id}/versions/{number}`.
#[component]
pub(crate) fn VersionPage() -> impl IntoView {
    let params = use_params_map();
    let place = Memo::new(move |_| {
        params.with(|params| {
            let id = params.get_str("id")?.parse().ok()?;
            Some(Place { id, number: params.get_str("number")?.parse().ok()? })
        })
    });
    // One server function each, so that they are asked at the same time.
    let version = wire::resource(move || place.get(), load_version);
    let title = wire::resource(move || place.get(), load_title);
    view! {
        <Suspense fallback=|| view! { <p class="loading" role="status">"Loading the version…"</p> }>
            {move || Suspend::new(async move {
                match (place.get_untracked(), version.await, title.await) {
                    (Some(place), Ok(version), Ok(title)) => {
                        view! { <VersionView place version title/> }.into_any()
                    }
                    (_, Err(error), _) | (_, _, Err(error)) => view! { <Failed error/> }.into_any(),
                    (None, ..) => view! { <Failed error=missing()/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

async fn load_version(place: Option<Place>) -> Result<Version, AppError> {
    let place = place.ok_or_else(missing)?;
    api::get_version(place.id, place.number).await
}

/// The title of the prompt, out of everything that its workbench knows.
async fn load_title(place: Option<Place>) -> Result<String, AppError> {
    Ok(api::load_workbench(place.ok_or_else(missing)?.id).await?.head.title)
}

fn missing() -> AppError {
    AppError::new(
        ErrorKind::NotFound,
        "There is no version at this address.",
        "Go back to the list of prompts.",
    )
}

#[component]
fn VersionView(place: Place, version: Version, title: String) -> impl IntoView {
    let Place { id, number } = place;
    let summary = version.summary.clone();
    let workbench = format!("/prompts/{id}");
    let (page_title, crumb, link) =
        (format!("v{number} of {title} · Attune"), title.clone(), workbench.clone());
    view! {
        <Title text=element_text(page_title)/>
        <Header crumbs=move || view! {
            <a href="/">"Prompts"</a>
            <span aria-hidden="true">"/"</span>
            <a class="crumb-title" href=link.clone()>{crumb.clone()}</a>
            <span aria-hidden="true">"/"</span>
            <strong>{format!("v{number}")}</strong>
        }/>
        <main id="main" class="page version-page" tabindex="-1">
            <div class="row spread">
                <h1>{format!("Version {number}")}</h1>
                <div class="row">
                    <a class="button" href=workbench>"Open the workbench"</a>
                    <restore::Restore place/>
                </div>
            </div>
            <facts::Facts summary/>
            <text::Texts prompt=version.prompt.clone()/>
            <compare::Compare place version=version.clone()/>
            <drafts::Drafts place base=version.prompt/>
        </main>
    }
}

/// What the page shows when there is no version to show.
#[component]
fn Failed(error: AppError) -> impl IntoView {
    if error.kind == ErrorKind::NotFound {
        set_not_found();
    }
    view! {
        <Title text="Attune"/>
        <Header/>
        <main id="main" class="page" tabindex="-1">
            <div class="empty">
                <h1>{error.message}</h1>
                <p>{error.hint}</p>
                <a class="button" href="/">"All prompts"</a>
            </div>
        </main>
    }
}
