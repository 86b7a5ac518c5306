//! The text box that gives other words to a guideline or to a kept piece of feedback.

use align::record::Reworded;
use leptos::prelude::*;

use super::super::use_bench;
use crate::components::text_area::Text;
use crate::components::{Button, ButtonKind, TextArea};
use crate::reactive::{Look, dynamic, memo};

/// The box, what happened meanwhile to what it changes, and the decision.
#[component]
pub(super) fn Reword(
    of: Reworded,
    /// What stands there now; `None` once it is gone.
    now: Memo<Option<String>>,
) -> impl IntoView {
    let bench = use_bench();
    let (label, save, keep) = match of {
        Reworded::Guideline(_) => ("Guideline text", "Save guideline", "Add as a guideline"),
        Reworded::Feedback(_) => ("Change feedback", "Save feedback", "Keep as feedback"),
    };
    let text = memo(move || bench.rewording(of).map(|it| it.text).unwrap_or_default());
    let meanwhile = memo(move || {
        let before = bench.rewording(of)?.before;
        now.look(|now| match now {
            None => Some("It was removed meanwhile.".to_owned()),
            Some(now) if *now != before && text.look(|text| text.trim() != now) => {
                Some(format!("It was changed meanwhile. Saving replaces what it says now: “{now}”"))
            }
            Some(_) => None,
        })
    });
    let is_there = memo(move || now.look(Option::is_some));
    let nothing = memo(move || text.look(|text| text.trim().is_empty()));
    let focus = bench.is_begun_here();
    view! {
        <div class="reword">
            <TextArea label text=Text::new(text, move |text| bench.type_rewording(of, text)) focus/>
            <p class="meanwhile" role="status">{dynamic(move || meanwhile.get())}</p>
            <div class="row">
                <Button
                    disabled=nothing
                    on_press=move |()| bench.save_rewording(of, now.get_untracked())
                >
                    {dynamic(move || if is_there.get() { save } else { keep })}
                </Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| bench.cancel_rewording(of)>
                    "Cancel"
                </Button>
            </div>
        </div>
    }
}
