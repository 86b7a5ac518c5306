//! A connected provider.

use align::model::{Failure, ModelInfo, ModelRef, ProviderInfo};
use align::record::{Connection, ConnectionInput, ExtraHeader};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::tested::{Test, Tested};
use super::{Typing, use_section};
use crate::api;
use crate::components::{Button, ButtonKind, Choice};

/// A provider with its models, or with the reason why they are not known; `made` is the connection behind
/// it that can be changed here.
#[component]
pub(super) fn Card(provider: ProviderInfo, made: Option<Connection>) -> impl IntoView {
    let ProviderInfo { id, label, base_url, models, problem } = provider;
    let is_listed = problem.is_none();
    let name = label.clone();
    let source = if made.is_some() { None } else { source(&id) };
    let address = base_url.unwrap_or_else(|| "inside Attune, offline".to_owned());
    view! {
        <article class="card stack" aria-label=name>
            <div class="row spread">
                <h3>{label}</h3>
                {if is_listed {
                    view! { <span class="badge good">{count(models.len())}</span> }.into_any()
                } else {
                    view! { <span class="badge bad">"Needs attention"</span> }.into_any()
                }}
            </div>
            <p class="muted mono">{address}</p>
            {source.map(|source| view! { <p class="muted small">{source}</p> })}
            {problem.map(|problem| view! { <Problem problem/> })}
            {(is_listed && models.is_empty()).then(|| view! {
                <p class="muted">
                    "It lists no models. Any name can be typed in the workbench, as "<code>{id}"/…"</code>"."
                </p>
            })}
            <ModelNames models/>
            {made.map(|connection| view! { <Controls connection/> })}
        </article>
    }
}

/// What can be done to a connection, and what of its key is shown.
#[component]
fn Controls(connection: Connection) -> impl IntoView {
    let section = use_section();
    let test = RwSignal::new(Test::None);
    let asks = RwSignal::new(false);
    let id = connection.id;
    let key = connection.key_ending.as_deref().map(|ending| format!("Key …{ending}"));
    let kept = input(&connection);
    let try_it = move |()| {
        let input = kept.clone();
        test.set(Test::Going);
        spawn_local(async move {
            test.try_set(Test::Ended(api::test_connection(Some(id), input).await));
        });
    };
    let question =
        format!("Remove “{}” and its key? Prompts keep the names of its models.", connection.label);
    let decide = move |is_sure| {
        asks.set(false);
        if is_sure {
            spawn_local(section.remove(id));
        }
    };
    view! {
        {key.map(|key| view! { <p class="muted mono">{key}</p> })}
        <Tested test/>
        <Show when=move || asks.get()>
            <Choice words=question.clone() first="Remove for good" second="Keep" on_choice=decide/>
        </Show>
        <div class="row">
            <Button on_press=move |()| section.typing.set(Some(Typing::Change(connection.clone())))>"Edit"</Button>
            <Button disabled=Signal::derive(move || test.get() == Test::Going) on_press=try_it>
                "Test connection"
            </Button>
            <Button kind=ButtonKind::Quiet on_press=move |()| asks.set(true)>"Remove"</Button>
        </div>
    }
}

/// A connection as it is kept: its secrets stay on the server.
fn input(connection: &Connection) -> ConnectionInput {
    let headers = connection.headers.iter();
    ConnectionInput {
        kind: connection.kind,
        label: connection.label.clone(),
        base_url: connection.base_url.clone(),
        key: None,
        headers: headers.map(|name| ExtraHeader { name: name.clone(), value: None }).collect(),
    }
}

/// Where a provider that cannot be changed here was connected.
fn source(id: &str) -> Option<&'static str> {
    match id {
        "demo" => None,
        "ollama" => Some("Found on this machine, or set by OLLAMA_HOST."),
        "gemini" | "vertex" | "openai" | "anthropic" => Some("Set by the environment."),
        _ => Some("Set in the models file."),
    }
}

#[component]
fn Problem(problem: Failure) -> impl IntoView {
    let section = use_section();
    let busy = RwSignal::new(false);
    let again = move |()| {
        busy.set(true);
        spawn_local(async move {
            section.try_again().await;
            busy.try_set(false);
        });
    };
    view! {
        <div class="alert">
            <p><strong>{problem.message}</strong>" "{problem.hint}</p>
            <Button disabled=busy on_press=again>"Try again"</Button>
        </div>
    }
}

/// The names, folded away where there are many.
#[component]
fn ModelNames(models: Vec<ModelInfo>) -> impl IntoView {
    let is_short = models.len() <= 6;
    let names = models.into_iter().map(|info| {
        let name = info.model.model;
        let label = (info.label != name).then_some(info.label);
        view! { <li><code>{name}</code>{label.map(|label| view! { <span class="muted">" "{label}</span> })}</li> }
    });
    let names = names.collect_view();
    match (names.is_empty(), is_short) {
        (true, _) => ().into_any(),
        (false, true) => view! { <ul class="model-names">{names}</ul> }.into_any(),
        (false, false) => view! {
            <details>
                <summary>"Show the models"</summary>
                <ul class="model-names">{names}</ul>
            </details>
        }
        .into_any(),
    }
}

fn count(models: usize) -> String {
    match models {
        0 => "Connected".to_owned(),
        1 => "1 model".to_owned(),
        models => format!("{models} models"),
    }
}

/// What people read for a model: its label, else its name.
pub(super) fn label(providers: &[ProviderInfo], model: &ModelRef) -> String {
    let mut all = providers.iter().flat_map(|provider| &provider.models);
    all.find(|info| info.model == *model)
        .map_or_else(|| model.to_string(), |info| info.label.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_nobody_lists_is_shown_by_its_name() {
        let model = ModelRef::new("ollama", "gemma3:4b");
        assert_eq!(label(&[], &model), "ollama/gemma3:4b");
        let listed = ProviderInfo {
            id: "ollama".into(),
            label: "Ollama".into(),
            base_url: None,
            models: vec![ModelInfo { model: model.clone(), label: "Gemma 3 4B".into() }],
            problem: None,
        };
        assert_eq!(label(&[listed], &model), "Gemma 3 4B");
    }

    #[test]
    fn counts_read_well() {
        assert_eq!([0, 1, 12].map(count), ["Connected", "1 model", "12 models"]);
    }
}
