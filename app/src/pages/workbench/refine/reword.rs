//! The text box that gives other words to a guideline or to a kept piece of feedback.

use align::record::Reworded;
use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::text_area::Text;
use crate::components::{Button, ButtonKind, TextArea};

/// The box, what happened meanwhile to what it changes, and the decision.
#[component]
pub(super) fn Reword(
    of: Reworded,
    /// What stands there now; `None` once it is gone.
    now: Memo<Option<String>>,
) -> impl IntoView {
    let workbench = use_workbench();
    let (label, save, keep) = match of {
        Reworded::Guideline(_) => ("Guideline text", "Save guideline", "Add as a guideline"),
        Reworded::Feedback(_) => ("Change feedback", "Save feedback", "Keep as feedback"),
    };
    let text =
        Memo::new(move |_| workbench.prompt.rewording(of).map(|it| it.text).unwrap_or_default());
    let meanwhile = Memo::new(move |_| {
        let before = workbench.prompt.rewording(of)?.before;
        now.with(|now| match now {
            None => Some("It was removed meanwhile.".to_owned()),
            Some(now) if *now != before && text.with(|text| text.trim() != now) => {
                Some(format!("It was changed meanwhile. Saving replaces what it says now: “{now}”"))
            }
            Some(_) => None,
        })
    });
    let is_there = Memo::new(move |_| now.with(Option::is_some));
    let nothing = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let focus = workbench.page.is_begun_here();
    view! {
        <div class="reword">
            <TextArea label text=Text::new(text, move |text| workbench.prompt.type_rewording(of, text)) focus/>
            <p class="meanwhile" role="status">{move || meanwhile.get()}</p>
            <div class="row">
                <Button
                    disabled=nothing
                    on_press=move |()| workbench.save_rewording(of, now.get_untracked())
                >
                    {move || if is_there.get() { save } else { keep }}
                </Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| workbench.prompt.cancel_rewording(of)>
                    "Cancel"
                </Button>
            </div>
        </div>
    }
}
