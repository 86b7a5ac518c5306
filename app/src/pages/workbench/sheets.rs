//! The sheets of the workbench: what a person opens over it.
//!
//! Nobody sees them in the first second, so their code is a part of the wasm of its own, which is loaded
//! as soon as the page is live.

#![allow(
    clippy::unnecessary_wraps,
    reason = "loading the part fails in the browser; the macro wants its function to say so"
)]

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::history::HistorySheet;
use super::keyboard::Shortcuts;
use super::preview::PreviewSheet;
use super::refine::{Ledger, Sets};
use super::use_workbench;
use crate::components::Choice;
use crate::pages::not_loaded;
use crate::state::WorkbenchState;

#[wasm_split(workbench_sheets, fallible, preload(load_sheets))]
fn sheets() -> Result<AnyView, SplitLoaderError> {
    Ok(view! {
        <HistorySheet/>
        <Ledger/>
        <Sets/>
        <Shortcuts/>
        <PreviewSheet/>
    }
    .into_any())
}

/// The sheets as soon as their part is there. Until then one can be asked for; it opens when it comes.
#[component]
pub(super) fn Sheets() -> impl IntoView {
    let workbench = use_workbench();
    let loading =
        Loading { workbench, is_loaded: RwSignal::new(false), failures: RwSignal::new(0) };
    Effect::new(move || {
        let is_wanted = workbench.has_open_sheet();
        if !loading.is_loaded.get_untracked() {
            spawn_local(loading.load(is_wanted));
        }
    });
    let words = move || {
        let tries = loading.failures.get().checked_sub(1)?;
        Some(not_loaded::explanation(tries))
    };
    view! {
        {move || words().map(|words| view! {
            <Choice words first="Try again" second="Not now" on_choice=move |again| loading.decide(again)/>
        })}
        <Show when=move || loading.is_loaded.get()>
            {Suspend::new(async { sheets().await.ok() })}
        </Show>
    }
}

/// How far their part is.
#[derive(Clone, Copy)]
struct Loading {
    workbench: WorkbenchState,
    is_loaded: RwSignal<bool>,
    /// How often it did not load while somebody waited for a sheet.
    failures: RwSignal<u32>,
}

impl Loading {
    async fn load(self, is_wanted: bool) {
        let outcome = load_sheets().await;
        if !self.workbench.page.is_alive() {
            return;
        }
        match outcome {
            Ok(()) => {
                self.failures.set(0);
                self.is_loaded.set(true);
            }
            Err(_) if is_wanted => {
                not_loaded::open_anew_after_update().await;
                self.failures.try_update(|failures| *failures += 1);
            }
            // Whoever opens a sheet later tries again and is told.
            Err(_) => {}
        }
    }

    fn decide(self, again: bool) {
        if again {
            spawn_local(self.load(true));
        } else {
            self.failures.set(0);
            self.workbench.close_sheets();
        }
    }
}
