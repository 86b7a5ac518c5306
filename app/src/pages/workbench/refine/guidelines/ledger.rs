//! Every change of the guidelines, by whom, and a button that undoes it.

use align::record::{
    ChangeKind, Consultation, ConsultationState, Guideline, GuidelineChange, GuidelineChangeId,
    GuidelineState,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::super::use_workbench;
use crate::api;
use crate::components::diff::{Diff, DiffLayout};
use crate::components::modal::{Modal, ModalKind};
use crate::components::time::{Moment, author};
use crate::components::{Alert, Button, ButtonKind};
use crate::error::AppError;
use crate::state::WorkbenchState;

/// Entries loaded at a time.
const PAGE: usize = 100;

/// What the sheet has loaded so far, and what went wrong in it.
#[derive(Clone, Copy)]
struct LedgerState {
    workbench: WorkbenchState,
    changes: RwSignal<Vec<GuidelineChange>>,
    is_complete: RwSignal<bool>,
    /// Whether the newest entries are known.
    is_loaded: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
}

impl LedgerState {
    /// Loads the entries before `before`, or the newest ones.
    fn load(self, before: Option<GuidelineChangeId>) {
        spawn_local(async move {
            match api::guideline_changes(self.workbench.page.id(), before).await {
                Ok(page) if self.workbench.page.is_alive() => {
                    self.is_complete.set(page.len() < PAGE);
                    self.is_loaded.set(true);
                    self.changes.update(|all| {
                        if before.is_none() {
                            all.clear();
                        }
                        all.extend(page);
                    });
                    // The focus may have been in a row that was replaced.
                    self.workbench.page.controls_changed();
                }
                Ok(_) => {}
                Err(error) => drop(self.error.try_set(Some(error))),
            }
        });
    }

    fn undo(self, id: GuidelineChangeId) {
        self.error.set(None);
        self.workbench.page.once("undo", async move {
            match api::undo_guideline_change(id).await {
                Ok(list) if self.workbench.page.is_alive() => {
                    self.workbench.guidelines.take_guidelines(list);
                    self.load(None);
                }
                Ok(_) => {}
                Err(error) => drop(self.error.try_set(Some(error))),
            }
            Ok(())
        });
    }
}

/// The sheet with the ledger, newest first.
#[component]
pub(in super::super::super) fn Ledger() -> impl IntoView {
    let workbench = use_workbench();
    let state = LedgerState {
        workbench,
        changes: RwSignal::new(Vec::new()),
        is_complete: RwSignal::new(false),
        is_loaded: RwSignal::new(false),
        error: RwSignal::new(None),
    };
    Effect::new(move || {
        if workbench.guidelines.is_showing_changes() {
            state.error.set(None);
            // Whatever changes while the sheet is open appears in it.
            workbench.guidelines.list().track();
            workbench.guidelines.consultations().track();
            state.load(None);
        }
    });
    let close = move |()| workbench.guidelines.show_changes(false);
    let key = |change: &GuidelineChange| (change.id, change.undone);
    let is_empty = Memo::new(move |_| state.changes.with(Vec::is_empty));
    let older =
        move |()| state.load(state.changes.with_untracked(|all| all.last().map(|last| last.id)));
    view! {
        <Modal
            title="Changes of the guidelines"
            kind=ModalKind::Sheet
            is_open=Signal::derive(move || workbench.guidelines.is_showing_changes())
            on_close=close
        >
            <Alert error=state.error/>
            <Show when=move || state.is_loaded.get() && is_empty.get()>
                <p class="empty">"No guideline was changed yet."</p>
            </Show>
            <ol class="changes" aria-label="Changes" reversed>
                <For each=move || state.changes.get() key let(change)>
                    <Change state change/>
                </For>
            </ol>
            <Show when=move || !state.is_complete.get() && !is_empty.get()>
                <Button on_press=older>"Show older changes"</Button>
            </Show>
        </Modal>
    }
}

#[component]
fn Change(state: LedgerState, change: GuidelineChange) -> impl IntoView {
    let id = change.id;
    let words = words(&change);
    let text = |state: &Option<GuidelineState>| {
        state.as_ref().map(|state| state.text.clone()).unwrap_or_default()
    };
    let by = author(&change.author);
    let undone = change.undone.then(|| {
        let is_proposal = change.kind == ChangeKind::Proposed;
        view! { <span class="badge">{if is_proposal { "dismissed" } else { "undone" }}</span> }
    });
    view! {
        <li class="change">
            <p class="version-head">
                <strong>{words}</strong>
                {undone}
                <span class="muted">{by}" · "<Moment at=change.at/></span>
            </p>
            <Diff old=text(&change.before) new=text(&change.after) layout=DiffLayout::Inline/>
            {move || can_undo(state.workbench, &change).then(|| view! {
                <div class="row">
                    <Button kind=ButtonKind::Quiet on_press=move |()| state.undo(id)>"Undo"</Button>
                </div>
            })}
        </li>
    }
}

/// Whether undoing would do something now: later changes of the same, or a decision, may stand in the way.
fn can_undo(workbench: WorkbenchState, change: &GuidelineChange) -> bool {
    if change.undone {
        return false;
    }
    if change.kind == ChangeKind::Proposed {
        // Undoing what came of a proposal undoes it; the proposal itself is over then.
        let is_open = |it: &Consultation| {
            Some(it.id) == change.consultation_id && it.state == ConsultationState::Ready
        };
        return workbench.guidelines.consultations().with(|all| all.iter().any(is_open));
    }
    workbench.guidelines.list().with(|all| {
        let now = (0..).zip(all).find(|(_, guideline)| guideline.id == change.guideline_id);
        let now = now.map(|(position, Guideline { text, is_on, .. })| GuidelineState {
            text: text.clone(),
            is_on: *is_on,
            position,
        });
        change.undo(now.as_ref()).is_ok()
    })
}

fn words(change: &GuidelineChange) -> String {
    let is_on = change.after.as_ref().is_some_and(|after| after.is_on);
    let place = change.after.as_ref().map_or(0, |after| after.position + 1);
    match change.kind {
        ChangeKind::Proposed if change.after.is_none() => "Removal proposed".to_owned(),
        ChangeKind::Proposed => "Edit proposed".to_owned(),
        ChangeKind::Added => "Added".to_owned(),
        ChangeKind::Edited => "Edited".to_owned(),
        ChangeKind::Switched => if is_on { "Switched on" } else { "Switched off" }.to_owned(),
        ChangeKind::Moved => format!("Moved to place {place}"),
        ChangeKind::Removed => "Removed".to_owned(),
        ChangeKind::Undone => "Undid an earlier change".to_owned(),
    }
}
