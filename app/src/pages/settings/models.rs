//! Which models are connected.

use align::model::{Failure, ModelInfo, ModelRef, ProviderInfo};
use leptos::prelude::*;

use crate::api::{self, Connected};
use crate::components::Button;
use crate::error::AppError;
use crate::wire;

/// The connected providers, each with its models or with the reason why they are not known.
#[component]
pub(super) fn Models() -> impl IntoView {
    let connected = wire::resource(|| (), |()| api::connected_models());
    let load_again = Callback::new(move |()| connected.refetch());
    let waiting =
        || view! { <p class="loading" role="status">"Asking the providers for their models…"</p> };
    view! {
        <section class="stack" aria-labelledby="models-title">
            <h2 id="models-title">"Connected models"</h2>
            <Transition fallback=waiting>
                {move || Suspend::new(async move {
                    match connected.await {
                        Ok(connected) => view! { <Providers connected/> }.into_any(),
                        Err(error) => view! { <Failed error load_again/> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn Providers(connected: Connected) -> impl IntoView {
    let Connected { providers, preferred } = connected;
    let is_alone = providers.iter().all(|provider| provider.id == "demo");
    let preferred_label = label(&providers, &preferred);
    let cards = providers.into_iter().map(|provider| view! { <li><Provider provider/></li> });
    view! {
        {is_alone.then(|| view! {
            <p class="notice" role="note">
                <span>"No language model is connected yet. The demo model runs the whole loop without one; connect a real model as described below."</span>
            </p>
        })}
        <p class="muted">"Where a prompt names no model, it uses "<strong>{preferred_label}</strong>"."</p>
        <ul class="providers">{cards.collect_view()}</ul>
    }
}

#[component]
fn Provider(provider: ProviderInfo) -> impl IntoView {
    let ProviderInfo { id, label, base_url, models, problem } = provider;
    let is_listed = problem.is_none();
    let address = base_url.unwrap_or_else(|| "inside Attune, offline".to_owned());
    view! {
        <article class="card stack">
            <div class="row spread">
                <h3>{label}</h3>
                {if is_listed {
                    view! { <span class="badge good">{count(models.len())}</span> }.into_any()
                } else {
                    view! { <span class="badge bad">"Needs attention"</span> }.into_any()
                }}
            </div>
            <p class="muted mono">{address}</p>
            {problem.map(|problem| view! { <Problem problem/> })}
            {(is_listed && models.is_empty()).then(|| view! {
                <p class="muted">
                    "It lists no models. Any name can be typed in the workbench, as "<code>{id}"/…"</code>"."
                </p>
            })}
            <ModelNames models/>
        </article>
    }
}

#[component]
fn Problem(problem: Failure) -> impl IntoView {
    view! {
        <div class="alert">
            <p><strong>{problem.message}</strong>" "{problem.hint}</p>
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

#[component]
fn Failed(error: AppError, load_again: Callback<()>) -> impl IntoView {
    view! {
        <div class="alert" role="alert">
            <p><strong>{error.message}</strong>" "{error.hint}</p>
            <Button on_press=load_again>"Try again"</Button>
        </div>
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
fn label(providers: &[ProviderInfo], model: &ModelRef) -> String {
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
