//! Models: what is connected, and connecting more.

mod card;
mod first;
mod form;
mod headers;
mod tested;

use align::record::{Connection, ConnectionId};
use leptos::prelude::*;

use crate::api::{self, Connected};
use crate::components::{Alert, Button, LocalServers};
use crate::error::AppError;
use crate::wire::{self, PageResource};

/// What the section shows: what is connected, and the connections that can be changed; `None` for
/// somebody who may not change them.
type Shown = (Connected, Option<Vec<Connection>>);

/// The connection that is being typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Typing {
    /// A new one.
    New,
    /// This one is changed.
    Change(Connection),
}

/// The state of the section.
#[derive(Clone, Copy)]
pub(super) struct Section {
    shown: PageResource<Shown>,
    pub(super) typing: RwSignal<Option<Typing>>,
    pub(super) error: RwSignal<Option<AppError>>,
}

impl Section {
    fn new() -> Self {
        Self {
            shown: wire::resource(|| (), |()| load()),
            typing: RwSignal::new(None),
            error: RwSignal::new(None),
        }
    }

    /// Shows what is connected now.
    pub(super) fn reload(self) {
        self.typing.try_set(None);
        self.error.try_set(None);
        self.shown.refetch();
    }

    /// Shows what came of connecting a server.
    fn connected(self, outcome: Result<(), AppError>) {
        match outcome {
            Ok(()) => self.reload(),
            Err(error) => drop(self.error.try_set(Some(error))),
        }
    }

    /// Removes a connection for good.
    pub(super) async fn remove(self, id: ConnectionId) {
        match api::remove_connection(id).await {
            Ok(()) => self.reload(),
            Err(error) => drop(self.error.try_set(Some(error))),
        }
    }

    /// Asks all providers for their models again.
    pub(super) async fn try_again(self) {
        match api::list_models_again().await {
            Ok(_) => self.reload(),
            Err(error) => drop(self.error.try_set(Some(error))),
        }
    }
}

async fn load() -> Result<Shown, AppError> {
    let connected = api::connected_models().await?;
    // Who may not manage connections still sees what is connected.
    Ok((connected, api::connections().await.ok()))
}

/// The section of the page around a component.
pub(super) fn use_section() -> Section {
    expect_context::<Section>()
}

/// The section “Models”.
#[component]
pub(super) fn Models() -> impl IntoView {
    let section = Section::new();
    provide_context(section);
    let waiting =
        || view! { <p class="loading" role="status">"Asking the providers for their models…"</p> };
    view! {
        <section class="stack connections" aria-labelledby="models-title">
            <h2 id="models-title">"Models"</h2>
            <Alert error=section.error/>
            <Transition fallback=waiting>
                {move || Suspend::new(async move {
                    match section.shown.await {
                        Ok((connected, made)) => view! { <Loaded connected made/> }.into_any(),
                        Err(error) => view! { <Failed error/> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn Loaded(connected: Connected, made: Option<Vec<Connection>>) -> impl IntoView {
    let section = use_section();
    let Connected { providers, preferred } = connected;
    let is_first = providers.iter().all(|provider| provider.id == "demo");
    let may_change = made.is_some();
    let preferred = card::label(&providers, &preferred);
    let made = made.unwrap_or_default();
    let cards = providers.into_iter().map(|provider| {
        let made = made.iter().find(|it| it.name == provider.id).cloned();
        view! { <li><card::Card provider made/></li> }
    });
    let cards = cards.collect_view();
    view! {
        {is_first.then(|| view! { <first::FirstVisit may_change/> })}
        <p class="muted">"Default model: "<strong>{preferred}</strong></p>
        <ul class="providers">{cards}</ul>
        {may_change.then(|| view! {
            <LocalServers on_connected=move |outcome| section.connected(outcome)/>
            <Show
                when=move || section.typing.with(Option::is_some)
                fallback=move || view! {
                    <div class="row">
                        <Button on_press=move |()| section.typing.set(Some(Typing::New))>
                            "Add connection"
                        </Button>
                    </div>
                }
            >
                {move || section.typing.get().map(|typing| view! { <form::Form typing/> })}
            </Show>
        })}
    }
}

#[component]
fn Failed(error: AppError) -> impl IntoView {
    let section = use_section();
    view! {
        <div class="alert" role="alert">
            <p><strong>{error.message}</strong>" "{error.hint}</p>
            <Button on_press=move |()| section.reload()>"Try again"</Button>
        </div>
    }
}
