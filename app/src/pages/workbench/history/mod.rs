//! History: a side sheet with every version.

mod item;

use align::record::{VersionNumber, VersionSummary};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::item::Item;
use super::use_bench;
use crate::api;
use crate::components::modal::{Modal, ModalKind};
use crate::components::{Button, ButtonKind};
use crate::state::Bench;

/// Versions loaded at a time.
const PAGE: u32 = 50;

/// Opens the sheet.
#[component]
pub(super) fn HistoryButton() -> impl IntoView {
    let bench = use_bench();
    view! {
        <Button kind=ButtonKind::Quiet on_press=move |()| bench.showing_history.set(true)>"History"</Button>
    }
}

/// What the sheet has loaded so far.
#[derive(Clone, Copy)]
struct HistoryState {
    versions: RwSignal<Vec<VersionSummary>>,
    is_complete: RwSignal<bool>,
}

/// The sheet with the list of versions, newest first.
#[component]
pub(super) fn HistorySheet() -> impl IntoView {
    let bench = use_bench();
    let state =
        HistoryState { versions: RwSignal::new(Vec::new()), is_complete: RwSignal::new(false) };
    Effect::new(move || {
        if bench.showing_history.get() {
            // Whatever is saved while the sheet is open appears in it.
            bench.newest.track();
            load(bench, state, None);
        }
    });
    let close = move |()| bench.showing_history.set(false);
    let older = move |()| {
        let oldest = state.versions.with_untracked(|all| all.last().map(|last| last.number));
        load(bench, state, oldest);
    };
    let is_empty = Memo::new(move |_| state.versions.with(Vec::is_empty));
    view! {
        <Modal title="History" kind=ModalKind::Sheet is_open=bench.showing_history on_close=close>
            <Show when=move || is_empty.get()>
                <p class="empty">"No version yet. Run, or Save version, makes the first."</p>
            </Show>
            <ol class="versions" aria-label="Versions" reversed>
                <For each=move || state.versions.get() key=|version| version.number let(version)>
                    <Item version close=Callback::new(close)/>
                </For>
            </ol>
            <Show when=move || !state.is_complete.get() && !is_empty.get()>
                <Button on_press=older>"Show older versions"</Button>
            </Show>
        </Modal>
    }
}

/// Loads the versions before `before`, or the newest ones.
fn load(bench: Bench, state: HistoryState, before: Option<VersionNumber>) {
    spawn_local(async move {
        match api::list_versions(bench.id, before, PAGE).await {
            Ok(page) if bench.is_alive() => {
                state.is_complete.set(page.len() < PAGE as usize);
                state.versions.update(|all| {
                    if before.is_none() {
                        all.clear();
                    }
                    all.extend(page);
                });
            }
            Ok(_) => {}
            Err(error) => {
                bench.error.try_set(Some(error));
            }
        }
    });
}
