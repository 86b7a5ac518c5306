//! The variables of the prompt and their values.

use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::TextArea;
use crate::components::live::use_live;
use crate::components::text_area::Text;

/// One text box per variable, and the names that are plain text.
#[component]
pub(super) fn Variables() -> impl IntoView {
    let workbench = use_workbench();
    let names = Memo::new(move |_| workbench.prompt.editor().variables());
    let variables = Memo::new(move |_| names.with(|(variables, _)| variables.clone()));
    let plain = Memo::new(move |_| names.with(|(_, plain)| plain.clone()));
    view! {
        <fieldset class="card variables">
            <legend>"Variables"</legend>
            <Show when=move || variables.with(Vec::is_empty)>
                <p class="muted">"None yet. Write "<code>"{name}"</code>" in the prompt to make one."</p>
            </Show>
            <For each=move || variables.get() key=String::clone let(name)>
                <VariableField name/>
            </For>
            <For each=move || plain.get() key=String::clone let(name)>
                <PlainName name/>
            </For>
        </fieldset>
    }
}

/// The value of one variable.
#[component]
fn VariableField(name: String) -> impl IntoView {
    let editor = use_workbench().prompt.editor();
    let live = use_live();
    let name = StoredValue::new(name);
    let value = Memo::new(move |_| name.with_value(|name| editor.value(name)));
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
                on:click=move |_| name.with_value(|name| editor.set_plain(name, true))
            >
                "Plain"
            </button>
        </div>
    }
}

/// A name that a person marked as plain text.
#[component]
fn PlainName(name: String) -> impl IntoView {
    let editor = use_workbench().prompt.editor();
    let live = use_live();
    let label = format!("{{{name}}} is plain text.");
    view! {
        <p class="row muted">
            <span>{label}</span>
            <button
                type="button"
                class="button quiet small"
                disabled=Signal::derive(move || !live.get())
                on:click=move |_| editor.set_plain(&name, false)
            >
                "Make it a variable"
            </button>
        </p>
    }
}
