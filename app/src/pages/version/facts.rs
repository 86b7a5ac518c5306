//! Where a version came from.

use align::record::{Origin, PromptId, VersionNumber, VersionSummary};
use leptos::prelude::*;

use super::Place;
use crate::components::time::{Moment, author};

/// Origin, author, time, note and parent.
#[component]
pub(super) fn Facts(summary: VersionSummary) -> impl IntoView {
    let VersionSummary { prompt_id: id, parent, author: name, origin, note, created_at, .. } =
        summary;
    view! {
        <div class="card stack">
            <div class="row">
                <span class="badge">{origin.label()}</span>
                <span>{author(&name)}", "<Moment at=created_at/></span>
                {match (origin, parent) {
                    (Origin::Restored { from }, _) => {
                        Some(view! { <span>"with the text of "{link(id, from)}</span> }.into_any())
                    }
                    (_, Some(parent)) => {
                        Some(view! { <span>"made from "{link(id, parent)}</span> }.into_any())
                    }
                    (_, None) => None,
                }}
            </div>
            {(!note.is_empty()).then(|| view! { <p class="note">{note}</p> })}
        </div>
    }
}

/// A link to another version of the same prompt.
pub(super) fn link(id: PromptId, number: VersionNumber) -> impl IntoView + use<> {
    let to = Place { id, number }.address();
    view! { <a href=to>{format!("v{number}")}</a> }
}
