//! The output before a change beside the output after it.

use leptos::prelude::*;

use super::super::use_workbench;
use super::text::Shown;
use crate::components::live::use_live;

/// Turns the comparison on and off; there only when there is something to compare with.
#[component]
pub(super) fn CompareButton() -> impl IntoView {
    let output = use_workbench().output;
    let live = use_live();
    let version =
        Memo::new(move |_| output.before().with(|run| run.as_ref().map(|run| run.version)));
    move || {
        version.get().map(|version| {
            view! {
                <button
                    type="button"
                    class="button quiet"
                    disabled=Signal::derive(move || !live.get())
                    aria-pressed=Signal::derive(move || output.is_comparing().to_string())
                    on:click=move |_| output.toggle_comparing()
                >
                    {format!("Compare with v{version}")}
                </button>
            }
        })
    }
}

/// The output on the earlier version.
#[component]
pub(super) fn Before() -> impl IntoView {
    let workbench = use_workbench();
    let before = Memo::new(move |_| {
        workbench.output.before().get().filter(|_| workbench.output.is_comparing())
    });
    move || {
        before.get().map(|run| {
            let title = format!("Before, v{}", run.version);
            let label = format!("Output before, version {}", run.version);
            view! {
                <div class="output-card">
                    <h3 class="output-title">{title}</h3>
                    <div class="output" tabindex="0" role="group" aria-label=label>
                        <Shown text=Signal::stored(run.output) view=workbench.output.view().into()/>
                    </div>
                </div>
            }
        })
    }
}

/// The heading over the newest output, needed only beside another.
#[component]
pub(super) fn AfterTitle() -> impl IntoView {
    let workbench = use_workbench();
    let version = move || workbench.output.run().with(|run| run.as_ref().map(|run| run.version));
    move || {
        version().filter(|_| workbench.output.is_comparing()).map(|version| {
            view! { <h3 class="output-title">{format!("After, v{version}")}</h3> }
        })
    }
}
