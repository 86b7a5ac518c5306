//! The variables of the prompt and their values.

use leptos::prelude::*;

use super::super::use_bench;
use crate::components::TextArea;
use crate::components::list::{Entry, List};
use crate::components::live::use_live;
use crate::components::text_area::Text;
use crate::reactive::{Look, Show, hear, memo};

/// One text box per variable, and the names that are plain text.
#[component]
pub(super) fn Variables() -> impl IntoView {
    let bench = use_bench();
    let names = memo(move || bench.editor.variables());
    let variables = memo(move || names.look(|(variables, _)| variables.clone()));
    let plain = memo(move || names.look(|(_, plain)| plain.clone()));
    let field = |name: String| Entry::new(name.clone(), move || view! { <VariableField name/> });
    let plain_name = |name: String| Entry::new(name.clone(), move || view! { <PlainName name/> });
    view! {
        <fieldset class="card variables">
            <legend>"Variables"</legend>
            <Show when=Signal::derive(move || variables.look(Vec::is_empty))>
                <p class="muted">"None yet. Write "<code>"{name}"</code>" in the prompt to make one."</p>
            </Show>
            <List entries=Box::new(move || variables.get().into_iter().map(field).collect())/>
            <List entries=Box::new(move || plain.get().into_iter().map(plain_name).collect())/>
        </fieldset>
    }
}

/// The value of one variable.
#[component]
fn VariableField(name: String) -> impl IntoView {
    let editor = use_bench().editor;
    let live = use_live();
    let name = StoredValue::new(name);
    let value = memo(move || {
        editor.values.look(|values| values.get(&name.get_value()).cloned().unwrap_or_default())
    });
    let set = move |text| name.with_value(|name| editor.set_value(name, text));
    view! {
        <div class="variable">
            <TextArea label=name.get_value() text=Text::new(value, set) rows=1/>
            <button
                type="button"
                class="button quiet small"
                disabled=Signal::derive(move || !live.get())
                title="It only looks like a variable: send it as it is written"
                aria-label=format!("Treat {{{}}} as plain text", name.get_value())
                on:click=hear(move |_| name.with_value(|name| editor.set_plain(name, true)))
            >
                "Plain"
            </button>
        </div>
    }
}

/// A name that a person marked as plain text.
#[component]
fn PlainName(name: String) -> impl IntoView {
    let editor = use_bench().editor;
    let live = use_live();
    let label = format!("{{{name}}} is plain text.");
    view! {
        <p class="row muted">
            <span>{label}</span>
            <button
                type="button"
                class="button quiet small"
                disabled=Signal::derive(move || !live.get())
                on:click=hear(move |_| editor.set_plain(&name, false))
            >
                "Make it a variable"
            </button>
        </p>
    }
}
