//! Writing a guideline by hand.

use leptos::prelude::*;

use super::super::super::use_bench;
use crate::components::{Button, TextArea};

/// The New guideline box and its button.
#[component]
pub(super) fn AddGuideline() -> impl IntoView {
    let bench = use_bench();
    let empty = Memo::new(move |_| bench.editor.guideline.with(|text| text.trim().is_empty()));
    view! {
        <div class="add-guideline">
            <TextArea
                label="New guideline"
                text=bench.editor.guideline
                rows=1
                placeholder="One short rule"
            />
            <Button disabled=empty on_press=move |()| bench.add_guideline()>"Add guideline"</Button>
        </div>
    }
}
