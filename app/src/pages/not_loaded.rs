//! What happens when a page's part of the wasm does not load: the server was updated and has other
//! parts now, or it cannot be reached.

use std::future::pending;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::location::Location;

use crate::browser::{self, fetch, storage};
use crate::components::{Button, ButtonKind, Header};

/// Noted for this tab while it is reloaded, so that it is reloaded once.
const RELOADED: &str = "attune-reloaded";

/// Opens the page at `location` anew after an update of the server; gives the view that is shown
/// where that did not help, or where there is no connection.
pub(super) async fn view(location: Location) -> AnyView {
    let address = address_of(&location);
    let was_updated = was_updated().await;
    // Meanwhile the person may have gone elsewhere.
    if was_updated && address == address_of(&location) {
        open_once(&address).await;
    }
    view! { <NotLoaded address/> }.into_any()
}

/// Opens the page anew where the server was updated, if this was not tried before; only then it does not
/// return.
pub(crate) async fn open_anew_after_update() {
    if was_updated().await {
        open_once(&window().location().href().unwrap_or_default()).await;
    }
}

/// Opens `address` anew, if this was not tried before; only then it does not return.
async fn open_once(address: &str) {
    if storage::note_in_tab(RELOADED) {
        browser::open(address);
        pending::<()>().await;
    }
}

/// Whether the server has another build than this page.
async fn was_updated() -> bool {
    // Its name says what is in it.
    let Some(script) = browser::script_address() else { return false };
    fetch::status(&script).await == Some(404)
}

fn address_of(location: &Location) -> String {
    let search = location.search.get_untracked();
    let question_mark = if search.is_empty() { "" } else { "?" };
    let (path, hash) = (location.pathname.get_untracked(), location.hash.get_untracked());
    format!("{path}{question_mark}{search}{hash}")
}

/// A page in place of the one that did not load.
#[component]
fn NotLoaded(
    /// Where that one is.
    address: String,
) -> impl IntoView {
    let tries = RwSignal::new(0_u32);
    let try_again = move |()| {
        let address = address.clone();
        spawn_local(async move {
            let script = browser::script_address().unwrap_or_default();
            match fetch::status(&script).await {
                Some(_) => browser::open(&address),
                None => {
                    tries.try_update(|tries| *tries += 1);
                }
            }
        });
    };
    view! {
        <Title text="Not loaded · Attune"/>
        <Header/>
        <main id="main" class="page" tabindex="-1">
            <div class="empty">
                <h1>"This page did not load"</h1>
                <p role="alert">{move || explanation(tries.get())}</p>
                <Button kind=ButtonKind::Primary on_press=try_again>"Try again"</Button>
            </div>
        </main>
    }
}

/// Why something did not load after `tries` further tries, and that nothing is lost.
pub(super) fn explanation(tries: u32) -> String {
    let reason = "The Attune server could not be reached. What you typed is kept in this browser.";
    match tries {
        0 => reason.to_owned(),
        1 => format!("{reason} Tried again, without success."),
        tries => format!("{reason} Tried again {tries} times, without success."),
    }
}

/// Says once that the page was opened anew because of an update.
#[component]
pub(crate) fn UpdateNotice() -> impl IntoView {
    let is_shown = RwSignal::new(false);
    Effect::new(move |_| is_shown.set(storage::take_from_tab(RELOADED)));
    move || {
        is_shown.get().then(|| {
            view! {
                <div class="notice" role="alert">
                    <p>"Attune was updated, so this page was reloaded."</p>
                    <Button kind=ButtonKind::Quiet on_press=move |()| is_shown.set(false)>"Dismiss"</Button>
                </div>
            }
        })
    }
}
