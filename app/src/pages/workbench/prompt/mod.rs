//! The Prompt region: title, texts, variables, models, settings, Run.

mod actions;
mod connections;
mod editor;
mod found;
mod missing;
mod model_name;
mod models;
mod settings;
mod title;
mod variables;

use leptos::prelude::*;

pub(super) use self::models::model_options;

use super::use_workbench;
use crate::components::TextArea;

/// The region on the left.
#[component]
pub(super) fn PromptRegion() -> impl IntoView {
    let workbench = use_workbench();
    view! {
        <section class="panel prompt-panel" tabindex="-1" aria-label="Prompt">
            <h2 class="panel-title">"Prompt"</h2>
            <title::TitleField/>
            <TextArea
                label="System instructions"
                text=editor::system_instructions(workbench.prompt.editor())
                placeholder="Optional: who the model is, and what always holds."
            />
            <editor::PromptEditor/>
            <found::FoundNames/>
            <variables::Variables/>
            <missing::MissingValues/>
            <models::ModelPickers/>
            <settings::RunSettings/>
            <actions::Actions/>
        </section>
    }
}
