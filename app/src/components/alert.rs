//! What went wrong, why, and what to do about it.

use leptos::prelude::*;

use super::{Button, ButtonKind};
use crate::error::AppError;

/// Shows an error until it is dismissed or replaced. Always in the page, so that screen readers
/// notice when something appears in it.
#[component]
pub(crate) fn Alert(
    /// The error, if there is one.
    error: RwSignal<Option<AppError>>,
) -> impl IntoView {
    view! {
        <div role="alert" class="alert-place">
            {move || error.get().map(|shown| view! {
                <div class="alert">
                    <p><strong>{shown.message}</strong>" "{shown.hint}</p>
                    <Button kind=ButtonKind::Quiet on_press=move |()| error.set(None)>"Dismiss"</Button>
                </div>
            })}
        </div>
    }
}
