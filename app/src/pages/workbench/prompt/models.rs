//! The two roles: the model that runs the prompt and the one that rewrites it.

use align::model::{ModelRef, ProviderInfo};
use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::live::use_live;

/// The value of the option that lets a person type a name.
const OTHER: &str = "…other";

/// Model and Alignment model.
#[component]
pub(super) fn ModelPickers() -> impl IntoView {
    let prompt = use_workbench().prompt;
    let choose = move |model| prompt.change_models(|models| models.model = Some(model));
    let choose_alignment =
        move |model| prompt.change_models(|models| models.alignment_model = Some(model));
    view! {
        <div class="models">
            <ModelPicker
                label="Model"
                chosen=Signal::derive(move || prompt.model())
                choose=Callback::new(choose)
            />
            <ModelPicker
                label="Alignment model"
                chosen=Signal::derive(move || prompt.alignment_model())
                choose=Callback::new(choose_alignment)
            />
        </div>
    }
}

/// A list of the connected models, and a way to type any other name.
#[component]
fn ModelPicker(
    label: &'static str,
    chosen: Signal<Option<ModelRef>>,
    choose: Callback<ModelRef>,
) -> impl IntoView {
    let page = use_workbench().page;
    let live = use_live();
    let typing = RwSignal::new(false);
    let groups = Memo::new(move |_| {
        let providers =
            page.models().with(|models| models.as_ref().map(|all| all.providers.clone()));
        with_chosen(providers.unwrap_or_default(), chosen.get())
    });
    let change = move |event: leptos::ev::Event| {
        let value = event_target_value(&event);
        typing.set(value == OTHER);
        if let Ok(model) = value.parse() {
            choose.run(model);
        }
    };
    view! {
        <div class="model">
            <label>
                <span>{label}</span>
                <select disabled=Signal::derive(move || !live.get()) on:change=change>
                    {move || groups.get().into_iter().map(|group| options(group, chosen.get())).collect_view()}
                    <option value=OTHER selected=Signal::derive(move || typing.get())>"Another model…"</option>
                </select>
            </label>
            <Show when=move || typing.get()>
                <TypedModel label chosen choose=Callback::new(move |model| { typing.set(false); choose.run(model); })/>
            </Show>
        </div>
    }
}

/// A name that no provider listed, typed as `provider/model` or as the chosen provider's own name.
#[component]
fn TypedModel(
    label: &'static str,
    chosen: Signal<Option<ModelRef>>,
    choose: Callback<ModelRef>,
) -> impl IntoView {
    let change = move |event: leptos::ev::Event| {
        if let Some(model) = typed_model(&event_target_value(&event), chosen.get_untracked()) {
            choose.run(model);
        }
    };
    view! {
        <label class="field">
            <span>{format!("{label} name")}</span>
            <input type="text" placeholder="gemini/gemini-2.5-pro" autocomplete="off" on:change=change/>
        </label>
    }
}

/// What a person typed, as a model: a bare name is one of the provider chosen now.
fn typed_model(text: &str, chosen: Option<ModelRef>) -> Option<ModelRef> {
    let name = text.trim();
    let bare = || chosen.filter(|_| !name.is_empty()).map(|now| ModelRef::new(now.provider, name));
    name.parse().ok().or_else(bare)
}

fn options(group: ProviderInfo, chosen: Option<ModelRef>) -> impl IntoView {
    let options = group.models.into_iter().map(|info| {
        let selected = chosen.as_ref() == Some(&info.model);
        view! { <option value=info.model.to_string() selected=selected>{info.label}</option> }
    });
    view! { <optgroup label=group.label>{options.collect_view()}</optgroup> }
}

/// The providers that have models to choose, with the chosen model among them even if none lists it.
fn with_chosen(providers: Vec<ProviderInfo>, chosen: Option<ModelRef>) -> Vec<ProviderInfo> {
    let mut providers = providers;
    if let Some(model) = chosen
        && !providers.iter().any(|group| group.models.iter().any(|info| info.model == model))
    {
        let info = align::model::ModelInfo { label: model.model.clone(), model: model.clone() };
        match providers.iter_mut().find(|group| group.id == model.provider) {
            Some(group) => group.models.insert(0, info),
            None => providers.insert(0, unlisted(model.provider, info)),
        }
    }
    providers.retain(|group| !group.models.is_empty());
    providers
}

fn unlisted(provider: String, info: align::model::ModelInfo) -> ProviderInfo {
    ProviderInfo {
        label: provider.clone(),
        id: provider,
        base_url: None,
        models: vec![info],
        problem: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_is_one_of_the_chosen_provider() {
        let now = || Some(ModelRef::new("gemini", "flash"));
        assert_eq!(typed_model(" gpt-5 ", now()), Some(ModelRef::new("gemini", "gpt-5")));
        assert_eq!(typed_model("lab/x/y", now()), Some(ModelRef::new("lab", "x/y")));
        assert_eq!(typed_model("  ", now()), None);
    }
}
