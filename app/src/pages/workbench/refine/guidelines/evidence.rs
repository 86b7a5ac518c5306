//! What people give to learn from: a critique, praise, a corrected output; and suggestions of the first
//! two.

use align::guidelines::Tone;
use align::record::Evidence;
use leptos::prelude::*;

use super::super::super::use_workbench;
use crate::components::{Button, ButtonKind};

/// The buttons under the Feedback box.
#[component]
pub(super) fn Give() -> impl IntoView {
    let workbench = use_workbench();
    let no_run = Memo::new(move |_| workbench.output.answered_run().is_none());
    let nothing = Memo::new(move |_| workbench.boxed().is_none());
    let words = move || match (no_run.get(), nothing.get()) {
        (true, _) => "Run the prompt, then say what is wrong or good about the output.",
        (false, true) => "Say what is wrong (critique) or good (kudos), or edit the output.",
        (false, false) => "Learn from it as a critique or as kudos:",
    };
    let correcting =
        Memo::new(move |_| workbench.prompt.editor().correction().with(Option::is_some));
    view! {
        <div class="give">
            <p class="muted">{words}</p>
            <div class="row">
                <Button disabled=nothing on_press=move |()| workbench.distil_box(Evidence::Critique)>
                    "Critique"
                </Button>
                <Button disabled=nothing on_press=move |()| workbench.distil_box(Evidence::Kudos)>
                    "Kudos"
                </Button>
                <Button
                    disabled=Signal::derive(move || no_run.get() || correcting.get())
                    on_press=move |()| workbench.begin_correction()
                >
                    "Edit output"
                </Button>
            </div>
            <div class="row">
                <Button
                    kind=ButtonKind::Quiet
                    disabled=no_run
                    on_press=move |()| workbench.suggest(Tone::Critiques)
                >
                    "Suggest critiques"
                </Button>
                <Button
                    kind=ButtonKind::Quiet
                    disabled=no_run
                    on_press=move |()| workbench.suggest(Tone::Kudos)
                >
                    "Suggest kudos"
                </Button>
            </div>
        </div>
    }
}
