//! Editing a draft by hand before accepting it.

use align::Prompt;
use align::record::Draft;
use leptos::prelude::*;

use super::super::use_bench;
use crate::components::text_area::Text;
use crate::components::{Button, ButtonKind, TextArea};
use crate::reactive::{Look, memo};

/// Text boxes with the draft's texts. What is typed is kept on the server after a short pause.
#[component]
pub(super) fn EditDraft(draft: Draft) -> impl IntoView {
    let bench = use_bench();
    let has_system = draft.text().is_some_and(|text| !text.system_instructions.is_empty());
    let was_edited = draft.edited.is_some();
    view! {
        {has_system.then(|| view! {
            <DraftField
                label="Draft system instructions"
                read=|prompt| prompt.system_instructions.clone()
                write=|prompt, text| prompt.system_instructions = text
            />
        })}
        <DraftField
            label="Draft text"
            read=|prompt| prompt.text.clone()
            write=|prompt, text| prompt.text = text
        />
        {was_edited.then(|| view! {
            <div class="row">
                <Button kind=ButtonKind::Quiet on_press=move |()| bench.discard_edit()>
                    "Back to the proposal"
                </Button>
            </div>
        })}
    }
}

/// One text of the draft.
#[component]
fn DraftField(
    label: &'static str,
    read: fn(&Prompt) -> String,
    write: fn(&mut Prompt, String),
) -> impl IntoView {
    let bench = use_bench();
    let text = memo(move || {
        bench
            .editing_draft
            .look(|edit| edit.as_ref().map(|(_, prompt)| read(prompt)).unwrap_or_default())
    });
    let set = move |text| bench.type_edit(move |prompt| write(prompt, text));
    view! { <TextArea label text=Text::new(text, set) rows=8/> }
}
