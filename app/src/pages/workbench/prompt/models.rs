//! The two roles: the model that runs the prompt and the one that rewrites it.

use align::model::{ModelRef, ProviderInfo};
use leptos::prelude::*;

use super::super::use_workbench;
use super::connections;
use super::model_name::{self, Named, Unclear};
use crate::components::Button;
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
        <connections::OutOfUse/>
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
    let options = move || {
        let chosen = chosen.get();
        let providers =
            page.models().with(|models| models.as_ref().map(|all| all.providers.clone()));
        model_options(providers.unwrap_or_default(), chosen.as_ref())
    };
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
                    {options}
                    <option value=OTHER selected=Signal::derive(move || typing.get())>"Another model…"</option>
                </select>
            </label>
            <Show when=move || typing.get()>
                <TypedModel label choose=Callback::new(move |model| { typing.set(false); choose.run(model); })/>
            </Show>
        </div>
    }
}

/// A name, typed as `provider/model` or as the model is called there. What no provider lists is asked about
/// before it is chosen.
#[component]
fn TypedModel(label: &'static str, choose: Callback<ModelRef>) -> impl IntoView {
    let page = use_workbench().page;
    let unclear = RwSignal::new(None::<Unclear>);
    let providers = move || {
        page.models().with_untracked(|models| models.as_ref().map(|all| all.providers.clone()))
    };
    let change = move |event: leptos::ev::Event| match model_name::read(
        &event_target_value(&event),
        &providers().unwrap_or_default(),
    ) {
        Some(Named::Model(model)) => choose.run(model),
        Some(Named::Unclear(it)) => unclear.set(Some(it)),
        None => unclear.set(None),
    };
    view! {
        <label class="field">
            <span>{format!("{label} name")}</span>
            <input type="text" placeholder="gemini/gemini-2.5-pro" autocomplete="off" on:change=change/>
        </label>
        <div role="status">
            {move || unclear.get().map(|unclear| question(&unclear, &providers().unwrap_or_default(), choose))}
        </div>
    }
}

/// Which model a name means, with a button for each that it may mean.
fn question(
    unclear: &Unclear,
    providers: &[ProviderInfo],
    choose: Callback<ModelRef>,
) -> impl IntoView + use<> {
    let Unclear { name, near, unlisted } = unclear;
    let words = match (near.is_empty(), unlisted.is_empty()) {
        (_, true) => format!("Several models are called “{name}”. Which one?"),
        (true, false) => format!("No connection lists a model “{name}”."),
        (false, false) => {
            format!("No connection lists a model “{name}”. Did you mean one of these?")
        }
    };
    let named = |model: &ModelRef| match model_name::of(providers, &model.provider) {
        Some(provider) => format!("“{}” of {}", model.model, provider.label),
        None => format!("“{model}” anyway"),
    };
    let near = near.iter().map(|model| (model.to_string(), model));
    let unlisted = unlisted.iter().map(|model| (format!("Use {}", named(model)), model));
    let buttons = near.chain(unlisted).map(|(label, model)| {
        let model = model.clone();
        view! { <Button on_press=move |()| choose.run(model.clone())>{label}</Button> }
    });
    view! { <div class="notice"><p>{words}</p><div class="row">{buttons.collect_view()}</div></div> }
}

/// What a list of models holds: those of each connected provider, and the chosen one even if none lists it.
pub(in super::super) fn model_options(
    providers: Vec<ProviderInfo>,
    chosen: Option<&ModelRef>,
) -> impl IntoView + use<> {
    let groups = with_chosen(providers, chosen).into_iter();
    groups.map(|group| options(group, chosen)).collect_view()
}

/// The models of a provider; none can be chosen where it cannot be used now, and its label says so.
fn options(group: ProviderInfo, chosen: Option<&ModelRef>) -> impl IntoView + use<> {
    let out_of_use = connections::out_of_use(&group);
    let label = match out_of_use {
        Some(why) => format!("{}: {why}", group.label),
        None => group.label,
    };
    let no_models =
        group.models.is_empty().then(|| view! { <option disabled>"No models known"</option> });
    let options = group.models.into_iter().map(|info| {
        let selected = chosen == Some(&info.model);
        view! { <option value=info.model.to_string() selected=selected>{info.label}</option> }
    });
    let options = options.collect_view();
    view! { <optgroup label=label disabled=out_of_use.is_some()>{no_models}{options}</optgroup> }
}

/// The providers that have models to choose or cannot be used now, with the chosen model among them even
/// if none lists it.
fn with_chosen(providers: Vec<ProviderInfo>, chosen: Option<&ModelRef>) -> Vec<ProviderInfo> {
    let mut providers = providers;
    if let Some(model) = chosen
        && !providers.iter().any(|group| group.models.iter().any(|info| info.model == *model))
    {
        let info = align::model::ModelInfo { label: model.model.clone(), model: model.clone() };
        match providers.iter_mut().find(|group| group.id == model.provider) {
            Some(group) => group.models.insert(0, info),
            None => providers.insert(0, unlisted(model.provider.clone(), info)),
        }
    }
    providers.retain(|group| !group.models.is_empty() || connections::out_of_use(group).is_some());
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
