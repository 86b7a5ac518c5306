//! Guideline sets: lists under a name, for other prompts.

use align::record::{GuidelineSet, GuidelineSetId, Replace};
use leptos::prelude::*;

use super::super::super::use_bench;
use super::copy::CopyAs;
use crate::api;
use crate::components::list::{Entry, List};
use crate::components::live::use_live;
use crate::components::modal::{Modal, ModalKind};
use crate::components::text_area::typed_text;
use crate::components::{Alert, Button, ButtonKind};
use crate::error::{AppError, ErrorKind};
use crate::reactive::{Look, Show, effect, hear, memo};
use crate::state::Bench;

/// What the sheet has loaded, and what went wrong in it: an alert behind the sheet would not be seen.
#[derive(Clone, Copy)]
struct Shelf {
    bench: Bench,
    sets: RwSignal<Vec<GuidelineSet>>,
    name: RwSignal<String>,
    /// The name is taken; saving again replaces that set.
    is_taken: RwSignal<bool>,
    /// Whether the sets are known.
    is_loaded: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    /// What was done last.
    told: RwSignal<String>,
}

impl Shelf {
    /// Does something that answers all sets.
    fn change(
        self,
        deed: &'static str,
        change: impl Future<Output = Result<Vec<GuidelineSet>, AppError>> + 'static,
        then: impl Fn() + 'static,
    ) {
        self.error.set(None);
        self.bench.once(deed, async move {
            let outcome = change.await;
            if self.bench.is_alive() {
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
        self.change("load sets", api::guideline_sets(), || ());
    }

    fn save(self, replace: Replace) {
        let name = self.name.get_untracked();
        let saved = api::save_guideline_set(name.clone(), self.bench.id, replace);
        self.change("save set", saved, move || {
            self.told.set(format!("The set “{}” is saved.", name.trim()));
            self.name.set(String::new());
            self.is_taken.set(false);
        });
    }

    fn apply(self, set: GuidelineSet) {
        self.error.set(None);
        self.bench.once("apply set", async move {
            match api::apply_guideline_set(set.id, self.bench.id).await {
                Ok(list) if self.bench.is_alive() => {
                    self.bench.take_guidelines(list);
                    self.told.set(format!("The set “{}” is applied.", set.name));
                    self.load();
                }
                Ok(_) => {}
                Err(error) if error.kind == ErrorKind::NotFound && self.bench.is_alive() => {
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
        self.change("delete set", api::delete_guideline_set(id), move || {
            self.told.set(format!("The set “{name}” is deleted."));
        });
    }
}

/// The sheet with all sets.
#[component]
pub(in super::super::super) fn Sets() -> impl IntoView {
    let bench = use_bench();
    let shelf = Shelf {
        bench,
        sets: RwSignal::new(Vec::new()),
        name: RwSignal::new(String::new()),
        is_taken: RwSignal::new(false),
        is_loaded: RwSignal::new(false),
        error: RwSignal::new(None),
        told: RwSignal::new(String::new()),
    };
    effect(move || {
        if bench.showing_sets.get() {
            shelf.told.set(String::new());
            untrack(|| shelf.load());
        }
    });
    let close = move |()| bench.showing_sets.set(false);
    let entry = move |set: GuidelineSet| {
        let key = format!("{} {} {:?}", set.id, set.updated_at, set.used_by);
        Entry::new(key, move || view! { <OneSet shelf set/> })
    };
    let entries = move || shelf.sets.get().into_iter().map(entry).collect();
    view! {
        <Modal title="Guideline sets" kind=ModalKind::Sheet is_open=bench.showing_sets on_close=close>
            <p class="muted">"Keep the guidelines of this prompt under a name, and use them for other prompts."</p>
            <Alert error=shelf.error/>
            <Save shelf/>
            <p class="muted" role="status">{shelf.told}</p>
            <Show when=Signal::derive(move || shelf.is_loaded.get() && shelf.sets.look(Vec::is_empty))>
                <p class="empty">"No set yet."</p>
            </Show>
            <ul class="sets" aria-label="Guideline sets">
                <List entries=Box::new(entries)/>
            </ul>
        </Modal>
    }
}

/// Saving the guidelines of this prompt, and copying them.
#[component]
fn Save(shelf: Shelf) -> impl IntoView {
    let live = use_live();
    let bench = shelf.bench;
    let none = memo(move || bench.guidelines.look(Vec::is_empty));
    let title = Signal::derive(move || bench.head.look(|head| head.title.clone()));
    let texts = Signal::derive(move || {
        bench.guidelines.look(|all| all.iter().map(|it| it.text.clone()).collect::<Vec<_>>())
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !none.get_untracked() {
            shelf.save(Replace::Never);
        }
    };
    view! {
        <form class="row save-set" on:submit=hear(save)>
            <label class="field">
                <span>"Set name"</span>
                <input
                    type="text"
                    maxlength="80"
                    disabled=Signal::derive(move || !live.get())
                    prop:value=Signal::derive(move || shelf.name.get())
                    on:input=hear(move |event| {
                        shelf.name.set(typed_text(&event));
                        shelf.is_taken.set(false);
                    })
                />
            </label>
            <Button disabled=none on_press=move |()| shelf.save(Replace::Never)>"Save set"</Button>
            <Show when=Signal::derive(move || shelf.is_taken.get())>
                <Button on_press=move |()| shelf.save(Replace::Existing)>"Replace set"</Button>
            </Show>
        </form>
        <Show when=Signal::derive(move || !none.get())>
            <div class="row">
                <span class="muted">"The guidelines of this prompt:"</span>
                <CopyAs name=title texts/>
            </div>
        </Show>
    }
}

#[component]
fn OneSet(shelf: Shelf, set: GuidelineSet) -> impl IntoView {
    let id = set.id;
    let applied = set.clone();
    let GuidelineSet { name, texts, used_by, .. } = set;
    let counted = match texts.len() {
        1 => "1 guideline".to_owned(),
        count => format!("{count} guidelines"),
    };
    let name = StoredValue::new(name);
    let asked = RwSignal::new(false);
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
                <Button on_press=move |()| shelf.apply(applied.clone())>"Apply to this prompt"</Button>
                <CopyAs name=Signal::stored(name.get_value()) texts=Signal::stored(texts)/>
                <Button kind=ButtonKind::Quiet on_press=move |()| asked.set(true)>"Delete set"</Button>
            </div>
            <Show when=Signal::derive(move || asked.get())>
                <div class="row" role="group" aria-label="Delete this set?">
                    <span>"Delete this set? Prompts that use it keep their guidelines."</span>
                    <Button on_press=move |()| shelf.delete(id, name.get_value())>
                        "Delete for good"
                    </Button>
                    <Button kind=ButtonKind::Quiet on_press=move |()| asked.set(false)>"Keep"</Button>
                </div>
            </Show>
        </li>
    }
}
