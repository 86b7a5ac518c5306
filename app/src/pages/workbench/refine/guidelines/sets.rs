//! Guideline sets: lists under a name, for other prompts.

use align::record::{GuidelineSet, GuidelineSetId, Replace};
use leptos::prelude::*;

use super::super::super::use_workbench;
use super::copy::CopyAs;
use crate::api;
use crate::components::live::use_live;
use crate::components::modal::{Modal, ModalKind};
use crate::components::text_area::typed_text;
use crate::components::{Alert, Button, ButtonKind};
use crate::error::{AppError, ErrorKind};
use crate::state::WorkbenchState;

/// What the sheet has loaded, and what went wrong in it: an alert behind the sheet would not be seen.
#[derive(Clone, Copy)]
struct SetsState {
    workbench: WorkbenchState,
    sets: RwSignal<Vec<GuidelineSet>>,
    name: RwSignal<String>,
    /// The name is taken; saving again replaces that set.
    is_taken: RwSignal<bool>,
    /// Whether the sets are known.
    is_loaded: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    /// What was done last, for the status line of the sheet.
    status: RwSignal<String>,
}

impl SetsState {
    /// Sends a request whose answer is the new list of sets.
    fn request(
        self,
        action: &'static str,
        request: impl Future<Output = Result<Vec<GuidelineSet>, AppError>> + 'static,
        then: impl Fn() + 'static,
    ) {
        self.error.set(None);
        self.workbench.page.once(action, async move {
            let outcome = request.await;
            if self.workbench.page.is_alive() {
                match outcome {
                    Ok(sets) => {
                        self.is_loaded.set(true);
                        self.sets.set(sets);
                        then();
                    }
                    Err(error) => {
                        self.is_taken.set(error.kind == ErrorKind::Conflict);
                        self.error.set(Some(error));
                    }
                }
            }
            Ok(())
        });
    }

    fn load(self) {
        self.request("load sets", api::guideline_sets(), || ());
    }

    fn save(self, replace: Replace) {
        let name = self.name.get_untracked();
        let saved = api::save_guideline_set(name.clone(), self.workbench.page.id(), replace);
        self.request("save set", saved, move || {
            self.status.set(format!("The set “{}” is saved.", name.trim()));
            self.name.set(String::new());
            self.is_taken.set(false);
        });
    }

    fn apply(self, set: GuidelineSet) {
        self.error.set(None);
        self.workbench.page.once("apply set", async move {
            match api::apply_guideline_set(set.id, self.workbench.page.id()).await {
                Ok(list) if self.workbench.page.is_alive() => {
                    self.workbench.guidelines.take_guidelines(list);
                    self.status.set(format!("The set “{}” is applied.", set.name));
                    self.load();
                }
                Ok(_) => {}
                Err(error)
                    if error.kind == ErrorKind::NotFound && self.workbench.page.is_alive() =>
                {
                    self.load();
                    let cause = "This set was deleted on another page.";
                    self.error.set(Some(AppError::new(ErrorKind::NotFound, cause, "")));
                }
                Err(error) => drop(self.error.try_set(Some(error))),
            }
            Ok(())
        });
    }

    fn delete(self, id: GuidelineSetId, name: String) {
        self.request("delete set", api::delete_guideline_set(id), move || {
            self.status.set(format!("The set “{name}” is deleted."));
        });
    }
}

/// The sheet with all sets.
#[component]
pub(in super::super::super) fn Sets() -> impl IntoView {
    let workbench = use_workbench();
    let state = SetsState {
        workbench,
        sets: RwSignal::new(Vec::new()),
        name: RwSignal::new(String::new()),
        is_taken: RwSignal::new(false),
        is_loaded: RwSignal::new(false),
        error: RwSignal::new(None),
        status: RwSignal::new(String::new()),
    };
    Effect::new(move || {
        if workbench.guidelines.is_showing_sets() {
            state.status.set(String::new());
            state.is_taken.set(false);
            untrack(|| state.load());
        }
    });
    let close = move |()| workbench.guidelines.show_sets(false);
    let key = |set: &GuidelineSet| format!("{} {} {:?}", set.id, set.updated_at, set.used_by);
    view! {
        <Modal title="Guideline sets" kind=ModalKind::Sheet is_open=Signal::derive(move || workbench.guidelines.is_showing_sets()) on_close=close>
            <p class="muted">"Keep the guidelines of this prompt under a name, and use them for other prompts."</p>
            <Alert error=state.error/>
            <Save state/>
            <p class="muted" role="status">{state.status}</p>
            <Show when=move || state.is_loaded.get() && state.sets.with(Vec::is_empty)>
                <p class="empty">"No set yet."</p>
            </Show>
            <ul class="sets" aria-label="Guideline sets">
                <For each=move || state.sets.get() key let(set)>
                    <OneSet state set/>
                </For>
            </ul>
        </Modal>
    }
}

/// Saving the guidelines of this prompt, and copying them.
#[component]
fn Save(state: SetsState) -> impl IntoView {
    let live = use_live();
    let workbench = state.workbench;
    let none = Memo::new(move |_| workbench.guidelines.list().with(Vec::is_empty));
    let title = Signal::derive(move || workbench.prompt.title());
    let texts = Signal::derive(move || {
        workbench
            .guidelines
            .list()
            .with(|all| all.iter().map(|it| it.text.clone()).collect::<Vec<_>>())
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !none.get_untracked() {
            state.save(Replace::Never);
        }
    };
    view! {
        <form class="row save-set" on:submit=save>
            <label class="field">
                <span>"Set name"</span>
                <input
                    type="text"
                    maxlength="80"
                    disabled=Signal::derive(move || !live.get())
                    prop:value=Signal::derive(move || state.name.get())
                    on:input=move |event| {
                        state.name.set(typed_text(&event));
                        state.is_taken.set(false);
                    }
                />
            </label>
            <Button disabled=none on_press=move |()| state.save(Replace::Never)>"Save set"</Button>
            <Show when=move || state.is_taken.get()>
                <Button on_press=move |()| state.save(Replace::Existing)>"Replace set"</Button>
            </Show>
        </form>
        <Show when=move || !none.get()>
            <div class="row">
                <span class="muted">"The guidelines of this prompt:"</span>
                <CopyAs name=title texts/>
            </div>
        </Show>
    }
}

#[component]
fn OneSet(state: SetsState, set: GuidelineSet) -> impl IntoView {
    let id = set.id;
    let applied = set.clone();
    let GuidelineSet { name, texts, used_by, .. } = set;
    let counted = match texts.len() {
        1 => "1 guideline".to_owned(),
        count => format!("{count} guidelines"),
    };
    let name = StoredValue::new(name);
    let asked = RwSignal::new(false);
    Effect::new(move || {
        if !state.workbench.guidelines.is_showing_sets() {
            asked.set(false);
        }
    });
    let is_used = !used_by.is_empty();
    let uses = used_by.into_iter().map(|used| {
        view! { <li><a href=format!("/prompts/{}", used.prompt_id)>{used.title}</a></li> }
    });
    let items = texts.iter().cloned().map(|text| view! { <li>{text}</li> }).collect_view();
    view! {
        <li class="set">
            <p><strong>{name.get_value()}</strong>" "<span class="muted">{counted}</span></p>
            <details><summary>"Guidelines in it"</summary><ol>{items}</ol></details>
            {is_used.then(|| view! {
                <p class="muted">"Used by"</p>
                <ul class="uses">{uses.collect_view()}</ul>
            })}
            <div class="row">
                <Button on_press=move |()| state.apply(applied.clone())>"Apply to this prompt"</Button>
                <CopyAs name=Signal::stored(name.get_value()) texts=Signal::stored(texts)/>
                <Button kind=ButtonKind::Quiet on_press=move |()| asked.set(true)>"Delete set"</Button>
            </div>
            <Show when=move || asked.get()>
                <div class="row" role="group" aria-label="Delete this set?">
                    <span>"Delete this set? Prompts that use it keep their guidelines."</span>
                    <Button on_press=move |()| state.delete(id, name.get_value())>
                        "Delete for good"
                    </Button>
                    <Button kind=ButtonKind::Quiet on_press=move |()| asked.set(false)>"Keep"</Button>
                </div>
            </Show>
        </li>
    }
}
