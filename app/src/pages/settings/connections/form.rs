//! The form in which a connection is typed.

use align::record::{ConnectionId, ConnectionInput, ProviderKind};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::tested::{Test, Tested};
use super::{Typing, headers, use_section};
use crate::api;
use crate::components::{Alert, Button, ButtonKind};
use crate::error::{AppError, ErrorKind};

/// What is in the boxes.
#[derive(Clone, Copy)]
struct Boxes {
    kind: RwSignal<ProviderKind>,
    label: RwSignal<String>,
    base_url: RwSignal<String>,
    key: RwSignal<String>,
    headers: RwSignal<String>,
}

impl Boxes {
    fn new(typing: &Typing) -> Self {
        let kind = ProviderKind::default();
        let (kind, label, base_url, headers) = match typing {
            Typing::New => {
                (kind, kind.label().to_owned(), kind.usual_base_url().to_owned(), String::new())
            }
            Typing::Change(it) => {
                (it.kind, it.label.clone(), it.base_url.clone(), headers::kept(&it.headers))
            }
        };
        Self {
            kind: RwSignal::new(kind),
            label: RwSignal::new(label),
            base_url: RwSignal::new(base_url),
            key: RwSignal::new(String::new()),
            headers: RwSignal::new(headers),
        }
    }

    /// Chooses a kind; what was filled in for the one before is filled in for this one.
    fn choose(self, kind: ProviderKind) {
        let before = self.kind.get_untracked();
        if self.label.with_untracked(|label| label.trim().is_empty() || label == before.label()) {
            self.label.set(kind.label().to_owned());
        }
        let is_usual = |url: &String| url.trim().is_empty() || url == before.usual_base_url();
        if self.base_url.with_untracked(is_usual) {
            self.base_url.set(kind.usual_base_url().to_owned());
        }
        self.kind.set(kind);
    }

    fn input(self) -> Result<ConnectionInput, AppError> {
        let headers = headers::read(&self.headers.get_untracked()).map_err(|_| {
            AppError::new(
                ErrorKind::Invalid,
                "An extra header has no value.",
                "Write one header per line, as Name: value.",
            )
        })?;
        let key = self.key.get_untracked();
        Ok(ConnectionInput {
            kind: self.kind.get_untracked(),
            label: self.label.get_untracked(),
            base_url: self.base_url.get_untracked(),
            key: (!key.trim().is_empty()).then_some(key),
            headers,
        })
    }
}

/// The form, for a new connection or one that is changed.
#[component]
pub(super) fn Form(typing: Typing) -> impl IntoView {
    let section = use_section();
    let boxes = Boxes::new(&typing);
    let (error, test) = (RwSignal::new(None), RwSignal::new(Test::None));
    let busy = RwSignal::new(false);
    let (title, id) = match &typing {
        Typing::New => ("Add connection".to_owned(), None),
        Typing::Change(it) => (format!("Edit “{}”", it.label), Some(it.id)),
    };
    let name = title.clone();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match save(boxes, id).await {
                Ok(()) => section.reload(),
                Err(failure) => drop(error.try_set(Some(failure))),
            }
            busy.try_set(false);
        });
    };
    let try_it = move |()| {
        test.set(Test::Going);
        spawn_local(async move {
            let found = match boxes.input() {
                Ok(input) => api::test_connection(id, input).await,
                Err(error) => Err(error),
            };
            test.try_set(Test::Ended(found));
        });
    };
    view! {
        <form class="card stack connection-form" aria-label=name autocomplete="off" on:submit=save>
            <h3>{title}</h3>
            <Fields boxes typing/>
            <Tested test/>
            <Alert error/>
            <div class="row">
                <button type="submit" class="button primary" disabled=busy>"Save"</button>
                <Button disabled=Signal::derive(move || test.get() == Test::Going) on_press=try_it>
                    "Test connection"
                </Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| section.typing.set(None)>"Cancel"</Button>
            </div>
        </form>
    }
}

async fn save(boxes: Boxes, id: Option<ConnectionId>) -> Result<(), AppError> {
    let input = boxes.input()?;
    match id {
        Some(id) => api::change_connection(id, input).await.map(drop),
        None => api::add_connection(input).await.map(drop),
    }
}

#[component]
fn Fields(boxes: Boxes, typing: Typing) -> impl IntoView {
    let options = ProviderKind::ALL.into_iter().map(|kind| {
        let selected = move || boxes.kind.get() == kind;
        view! { <option value=kind.name() selected=selected>{kind.label()}</option> }
    });
    let choose = move |event: leptos::ev::Event| {
        if let Ok(kind) = event_target_value(&event).parse() {
            boxes.choose(kind);
        }
    };
    let known = StoredValue::new(match typing {
        Typing::New => None,
        Typing::Change(connection) => Some(connection),
    });
    view! {
        <div class="pair">
            <label class="field">
                <span>"Provider"</span>
                <select on:change=choose>{options.collect_view()}</select>
            </label>
            <label class="field">
                <span>"Name"</span>
                <input type="text" maxlength="100" required autocomplete="off" bind:value=boxes.label/>
            </label>
        </div>
        <label class="field">
            <span>"Base URL"</span>
            <input type="text" inputmode="url" required autocomplete="off" spellcheck="false" bind:value=boxes.base_url/>
        </label>
        <label class="field">
            <span>"API key"</span>
            // No password of a person: a password manager has nothing to offer or to keep here.
            <input
                type="text"
                class="secret"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="key-note"
                bind:value=boxes.key
            />
        </label>
        <p id="key-note" class="muted small">{move || {
            known.with_value(|known| match known {
                Some(known) if is_moved(known, boxes) => {
                    "The address changed: enter the key again, so that it is not sent where you did not mean it to go.".to_owned()
                }
                Some(known) => kept_key(known.key_ending.as_deref()),
                None => "Leave it empty for a server that needs none. It is stored encrypted and never shown.".to_owned(),
            })
        }}</p>
        <details open=known.with_value(|known| known.as_ref().is_some_and(|it| !it.headers.is_empty()))>
            <summary>"Extra headers"</summary>
            <label class="field">
                <span>"Headers, one per line"</span>
                <textarea rows="3" spellcheck="false" placeholder="x-team: writing" bind:value=boxes.headers></textarea>
            </label>
        </details>
    }
}

fn is_moved(known: &align::record::Connection, boxes: Boxes) -> bool {
    let address =
        |url: &str| url.trim().split('?').next().map(|it| it.trim_end_matches('/').to_owned());
    let has_secrets = known.key_ending.is_some() || !known.headers.is_empty();
    let is_moved = known.kind != boxes.kind.get()
        || address(&known.base_url) != boxes.base_url.with(|url| address(url));
    has_secrets && is_moved
}

fn kept_key(ending: Option<&str>) -> String {
    match ending {
        None => "It has no key.".to_owned(),
        Some("") => "A key is stored. Leave this empty to keep it.".to_owned(),
        Some(ending) => {
            format!("A key that ends with {ending} is stored. Leave this empty to keep it.")
        }
    }
}
