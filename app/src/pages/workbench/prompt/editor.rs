//! The editor of the prompt text, with its variables marked.

use align::template::{Segment, Template};
use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::text_area::{Text, text_box};
use crate::state::Editor;

/// Longer texts are edited without marks: laying them out twice would make typing slow.
const MAX_MARKED_BYTES: usize = 40_000;

const PLACEHOLDER: &str = "Write what the model should do. {name} makes a variable.";

/// The text box "Prompt" over a copy of its text in which variables are marked.
#[component]
pub(super) fn PromptEditor() -> impl IntoView {
    let editor = use_workbench().prompt.editor();
    let is_marked = Memo::new(move |_| editor.text().with(|text| text.len() <= MAX_MARKED_BYTES));
    view! {
        <label class="field grow">
            <span>"Prompt"</span>
            <div class="editor" class:unmarked=Signal::derive(move || !is_marked.get())>
                <div class="editor-marks" aria-hidden="true">
                    {move || is_marked.get().then(|| marks(editor))}
                </div>
                {text_box(text(editor), 2, PLACEHOLDER, false)}
            </div>
        </label>
    }
}

/// What the Prompt box binds to.
fn text(editor: Editor) -> Text {
    Text::typed(editor.text(), move |text| editor.type_text(text))
}

/// What the System instructions box binds to.
pub(super) fn system_instructions(editor: Editor) -> Text {
    Text::typed(editor.system_instructions(), move |text| editor.type_system_instructions(text))
}

/// The text with its variables in `<mark>`. The last line break needs something after it to count.
fn marks(editor: Editor) -> impl IntoView {
    let text = editor.text().get();
    let plain_names = editor.plain_names();
    let template = Template::parse(&text, &plain_names);
    let pieces = template.segments().iter().map(|segment| match segment {
        Segment::Text(text) => view! { <span>{(*text).to_owned()}</span> }.into_any(),
        Segment::Variable(name) => view! { <mark>{format!("{{{name}}}")}</mark> }.into_any(),
    });
    (pieces.collect_view(), "\u{200b}")
}
