//! Restoring a version: its text becomes the newest version and stands in the editor. What was typed
//! there and not saved becomes a version of its own first.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::Place;
use crate::api;
use crate::components::{Alert, Button};

/// The button, and what went wrong if something did.
#[component]
pub(super) fn Restore(place: Place) -> impl IntoView {
    let error = RwSignal::new(None);
    let is_busy = RwSignal::new(false);
    let navigate = use_navigate();
    let open = Callback::new(move |()| {
        navigate(&format!("/prompts/{}", place.id), NavigateOptions::default());
    });
    let press = move |()| {
        is_busy.set(true);
        spawn_local(async move {
            match api::restore_version(place.id, place.number, None).await {
                Ok(_) => {
                    open.try_run(());
                }
                Err(failure) => {
                    error.try_set(Some(failure));
                }
            }
            is_busy.try_set(false);
        });
    };
    view! {
        <Button disabled=is_busy on_press=press>"Restore"</Button>
        <Alert error/>
    }
}
