//! History: a side sheet with every version.

mod item;

use align::record::{VersionNumber, VersionSummary};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::item::Item;
use super::use_workbench;
use crate::api;
use crate::components::modal::{Modal, ModalKind};
use crate::components::{Button, ButtonKind};
use crate::state::WorkbenchState;

/// Versions loaded at a time.
const PAGE: u32 = 50;

/// Opens the sheet.
#[component]
pub(super) fn HistoryButton() -> impl IntoView {
    let history = use_workbench().history;
    view! {
        <Button kind=ButtonKind::Quiet on_press=move |()| history.show(true)>"History"</Button>
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
    let workbench = use_workbench();
    let state =
        HistoryState { versions: RwSignal::new(Vec::new()), is_complete: RwSignal::new(false) };
    Effect::new(move || {
        if workbench.history.is_open() {
            // Whatever is saved while the sheet is open appears in it.
            workbench.prompt.newest().track();
            load(workbench, state, None);
        }
    });
    let close = move |()| workbench.history.show(false);
    let older = move |()| {
        let oldest = state.versions.with_untracked(|all| all.last().map(|last| last.number));
        load(workbench, state, oldest);
    };
    let is_empty = Memo::new(move |_| state.versions.with(Vec::is_empty));
    view! {
        <Modal title="History" kind=ModalKind::Sheet is_open=Signal::derive(move || workbench.history.is_open()) on_close=close>
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
fn load(workbench: WorkbenchState, state: HistoryState, before: Option<VersionNumber>) {
    spawn_local(async move {
        match api::list_versions(workbench.page.id(), before, PAGE).await {
            Ok(page) if workbench.page.is_alive() => {
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
                workbench.page.fail(error);
            }
        }
    });
}
