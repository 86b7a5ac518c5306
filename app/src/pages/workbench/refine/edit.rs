//! Editing a draft by hand before accepting it.

use align::Prompt;
use align::record::Draft;
use leptos::prelude::*;

use super::super::use_bench;
use crate::components::text_area::Text;
use crate::components::{Button, ButtonKind, Choice, TextArea};

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
        {move || bench.edited_elsewhere().map(|theirs| view! {
            <Choice
                words="This draft was also edited on another page, and the texts differ. There it says now:"
                text=theirs.text
                first="Keep what is here"
                second="Take the other text"
                on_choice=move |keep: bool| bench.decide_edit(!keep)
            />
        })}
        {was_edited.then(|| view! {
            <div class="row">
                <Button kind=ButtonKind::Quiet on_press=move |()| bench.discard_edit()>
                    "Back to the proposal"
                </Button>
            </div>
        })}
    }
}

/// What was typed into a draft that was decided on meanwhile: it must not be lost.
#[component]
pub(super) fn LeftOver() -> impl IntoView {
    let bench = use_bench();
    move || {
        let left_over = bench.editing.left_over.get()?;
        Some(view! {
            <Choice
                words="The draft you were editing was decided on meanwhile. What you typed is kept here:"
                text=left_over.typed.text
                first="Put it into the prompt"
                second="Discard"
                on_choice=move |into_prompt| bench.settle_left_over(into_prompt)
            />
        })
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
    let text = Memo::new(move |_| {
        bench
            .editing
            .edit
            .with(|edit| edit.as_ref().map(|edit| read(&edit.typed)).unwrap_or_default())
    });
    let set = move |text| bench.type_edit(move |prompt| write(prompt, text));
    view! { <TextArea label text=Text::new(text, set) rows=8/> }
}
