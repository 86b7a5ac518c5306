//! Save version, and Run or Stop.

use leptos::prelude::*;

use super::super::preview::PreviewButton;
use super::super::use_workbench;
use crate::browser::is_second_click;
use crate::components::Button;
use crate::components::live::use_live;

/// The buttons at the foot of the region.
#[component]
pub(super) fn Actions() -> impl IntoView {
    let workbench = use_workbench();
    let live = use_live();
    // One element that changes its name: focus stays where it is when a run starts or ends.
    let press = move |event| {
        if is_second_click(&event) {
            return;
        }
        if workbench.output.is_running() { workbench.stop() } else { workbench.start_run() }
    };
    view! {
        <div class="panel-foot">
            <span class="muted notice-line" aria-hidden="true">{workbench.page.notice()}</span>
            <PreviewButton/>
            <Button
                shortcut="Control+S"
                disabled=Signal::derive(move || workbench.page.is_deleted())
                on_press=move |()| workbench.prompt.save_version()
            >
                "Save version"
            </Button>
            <button
                type="button"
                class="button primary"
                class:stop=Signal::derive(move || workbench.output.is_running())
                disabled=Signal::derive(move || !live.get() || workbench.page.is_deleted())
                aria-keyshortcuts=Signal::derive(move || if workbench.output.is_running() { "Escape" } else { "Control+Enter" })
                on:click=press
            >
                {move || if workbench.output.is_running() { "Stop" } else { "Run" }}
                <kbd aria-hidden="true">{move || if workbench.output.is_running() { "Esc" } else { "Ctrl ↵" }}</kbd>
            </button>
        </div>
    }
}
