//! Editing a draft by hand before accepting it.

use align::Prompt;
use align::record::Draft;
use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::text_area::Text;
use crate::components::{Button, ButtonKind, Choice, TextArea};
use crate::sync::Side;

/// Text boxes with the draft's texts. What is typed is kept on the server after a short pause.
#[component]
pub(super) fn EditDraft(draft: Draft) -> impl IntoView {
    let refine = use_workbench().refine;
    let has_system = draft.text().is_some_and(|text| !text.system_instructions.is_empty());
    let was_edited = draft.edited.is_some();
    let elsewhere = Memo::new(move |_| refine.edited_elsewhere());
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
        {move || elsewhere.get().map(|theirs| view! {
            <Choice
                words="This draft was also edited on another page, and the texts differ. There it says now:"
                text=theirs.text
                first="Keep what is here"
                second="Take the other text"
                on_choice=move |keep: bool| refine.decide_edit(if keep { Side::Here } else { Side::Theirs })
            />
        })}
        {was_edited.then(|| view! {
            <div class="row">
                <Button kind=ButtonKind::Quiet on_press=move |()| refine.discard_edit()>
                    "Back to the proposal"
                </Button>
            </div>
        })}
    }
}

/// What was typed into a draft that was decided on meanwhile: it must not be lost.
#[component]
pub(super) fn LeftOver() -> impl IntoView {
    let workbench = use_workbench();
    let left_over = Memo::new(move |_| workbench.refine.left_over());
    move || {
        let left_over = left_over.get()?;
        Some(view! {
            <Choice
                words="The draft you were editing was decided on meanwhile. What you typed is kept here:"
                text=left_over.typed.text
                first="Put it into the prompt"
                second="Discard"
                on_choice=move |into_prompt| workbench.settle_left_over(into_prompt)
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
    let refine = use_workbench().refine;
    let text = Memo::new(move |_| refine.typed_edit(read));
    let set = move |text| refine.type_edit(move |prompt| write(prompt, text));
    view! { <TextArea label text=Text::new(text, set) rows=8/> }
}
