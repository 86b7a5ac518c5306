//! Writing a guideline by hand.

use leptos::prelude::*;

use super::super::super::use_workbench;
use crate::components::{Button, TextArea};

/// The New guideline box and its button.
#[component]
pub(super) fn AddGuideline() -> impl IntoView {
    let workbench = use_workbench();
    let empty = Memo::new(move |_| {
        workbench.prompt.editor().guideline().with(|text| text.trim().is_empty())
    });
    view! {
        <div class="add-guideline">
            <TextArea
                label="New guideline"
                text=workbench.prompt.editor().guideline()
                rows=1
                placeholder="One short rule"
            />
            <Button disabled=empty on_press=move |()| workbench.add_guideline()>"Add guideline"</Button>
        </div>
    }
}
