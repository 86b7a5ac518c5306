//! Dialogs over the page: native ones, opened and closed by what they show.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::{Button, ButtonKind};

/// How a dialog lies over the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ModalKind {
    /// In the middle, for a question or a short list.
    #[default]
    Dialog,
    /// At the side, as high as the page, for something to work with. It has a Close button.
    Sheet,
}

/// A dialog named by its title. Escape and its buttons close it.
#[component]
pub(crate) fn Modal(
    /// Its heading and accessible name.
    title: &'static str,
    /// How it lies over the page.
    #[prop(optional)]
    kind: ModalKind,
    /// Whether it is open.
    #[prop(into)]
    is_open: Signal<bool>,
    /// What says that it is not, however it was closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (is_open.get(), dialog.open()) {
            // Fails only for a dialog that is not in the page.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let class = match kind {
        ModalKind::Dialog => "dialog",
        ModalKind::Sheet => "sheet",
    };
    let close = (kind == ModalKind::Sheet).then(|| {
        view! { <Button kind=ButtonKind::Quiet on_press=on_close>"Close"</Button> }
    });
    view! {
        <dialog node_ref=dialog tabindex="-1" class=class aria-label=title on:close=move |_| on_close.run(())>
            <div class="panel-head">
                <h2>{title}</h2>
                {close}
            </div>
            {children()}
        </dialog>
    }
}
