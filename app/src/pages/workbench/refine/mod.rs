//! The Refine region: feedback, and the draft that answers it.

mod candidates;
mod confirm;
mod decide;
mod draft;
mod edit;
mod feedback;
mod findings;
mod pieces;

use leptos::prelude::*;

/// The region on the right.
#[component]
pub(super) fn RefineRegion() -> impl IntoView {
    view! {
        <section class="panel refine-panel" tabindex="-1" aria-label="Refine">
            <h2 class="panel-title">"Refine"</h2>
            <pieces::Pieces/>
            <feedback::FeedbackBox/>
            <draft::DraftRegion/>
            <confirm::Confirm/>
        </section>
    }
}
