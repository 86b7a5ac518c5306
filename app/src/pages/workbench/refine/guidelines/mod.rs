//! The guideline workflow: learn from what people say, work on the list, rewrite from it.

mod add;
mod asked;
mod copy;
mod correction;
mod evidence;
mod ledger;
mod list;
mod proposal;
mod rewrite;
mod row;
mod sets;

use leptos::prelude::*;

pub(in super::super) use ledger::Ledger;
pub(in super::super) use sets::Sets;

/// What stands under the Feedback box in this workflow.
#[component]
pub(super) fn Guidelines() -> impl IntoView {
    view! {
        <evidence::Give/>
        <correction::CorrectOutput/>
        <asked::Asked/>
        <section class="guidelines" aria-label="Guidelines of this prompt">
            <list::Head/>
            <list::GuidelineList/>
            <add::AddGuideline/>
            <rewrite::Rewrite/>
        </section>
    }
}
