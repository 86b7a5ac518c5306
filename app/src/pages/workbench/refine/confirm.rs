//! The question before a draft with grave findings is accepted.

use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::modal::Modal;
use crate::components::{Button, ButtonKind};

/// A dialog that names the findings. Closing it changes nothing.
#[component]
pub(super) fn Confirm() -> impl IntoView {
    let workbench = use_workbench();
    let asking = Signal::derive(move || workbench.refine.confirming().with(Option::is_some));
    let accept = move |()| {
        if let Some((_, rerun)) = workbench.refine.confirming().get_untracked() {
            workbench.accept(rerun, true);
        }
    };
    let cancel = move |()| workbench.refine.confirm(None);
    let findings = move || {
        workbench.refine.confirming().get().map(|(findings, _)| findings).unwrap_or_default()
    };
    view! {
        <Modal title="Accept this draft anyway?" is_open=asking on_close=cancel>
            <ul class="findings">
                {move || findings().into_iter().map(super::findings::item).collect_view()}
            </ul>
            <div class="row">
                // The first button takes the focus: what changes nothing.
                <Button on_press=cancel>"Cancel"</Button>
                <Button kind=ButtonKind::Quiet on_press=accept>"Accept anyway"</Button>
            </div>
        </Modal>
    }
}
