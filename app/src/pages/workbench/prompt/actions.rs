//! Save version, and Run or Stop.

use leptos::prelude::*;

use super::super::use_bench;
use crate::components::Button;
use crate::components::live::use_live;

/// The buttons at the foot of the region.
#[component]
pub(super) fn Actions() -> impl IntoView {
    let bench = use_bench();
    let live = use_live();
    // One element that changes its name: focus stays where it is when a run starts or ends.
    let press = move |_| if bench.is_running() { bench.stop() } else { bench.start_run() };
    view! {
        <div class="panel-foot">
            <span class="muted notice-line" aria-hidden="true">{bench.notice}</span>
            <Button
                shortcut="Control+S"
                disabled=Signal::derive(move || bench.deleted.get())
                on_press=move |()| bench.save_version()
            >
                "Save version"
            </Button>
            <button
                type="button"
                class="button primary"
                class:stop=Signal::derive(move || bench.is_running())
                disabled=Signal::derive(move || !live.get() || bench.deleted.get())
                aria-keyshortcuts=Signal::derive(move || if bench.is_running() { "Escape" } else { "Control+Enter" })
                on:click=press
            >
                {move || if bench.is_running() { "Stop" } else { "Run" }}
                <kbd aria-hidden="true">{move || if bench.is_running() { "Esc" } else { "Ctrl ↵" }}</kbd>
            </button>
        </div>
    }
}
