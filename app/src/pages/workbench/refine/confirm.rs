//! The question before a draft with grave findings is accepted.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::super::use_bench;
use crate::components::{Button, ButtonKind};

/// A dialog that names the findings. Closing it changes nothing.
#[component]
pub(super) fn Confirm() -> impl IntoView {
    let bench = use_bench();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        let asking = bench.confirming.with(Option::is_some);
        if asking && !dialog.open() {
            // Fails only for a dialog that is not in the page.
            let _ = dialog.show_modal();
        } else if !asking && dialog.open() {
            dialog.close();
        }
    });
    let accept = move |()| {
        if let Some((_, rerun)) = bench.confirming.get_untracked() {
            bench.accept(rerun, true);
        }
    };
    let findings = move || bench.confirming.get().map(|(findings, _)| findings).unwrap_or_default();
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            aria-labelledby="confirm-title"
            on:close=move |_| bench.confirming.set(None)
        >
            <h2 id="confirm-title">"Accept this draft anyway?"</h2>
            <ul class="findings">
                {move || findings().into_iter().map(super::findings::item).collect_view()}
            </ul>
            <div class="row">
                <Button kind=ButtonKind::Primary on_press=accept>"Accept anyway"</Button>
                <Button on_press=move |()| bench.confirming.set(None)>"Cancel"</Button>
            </div>
        </dialog>
    }
}
