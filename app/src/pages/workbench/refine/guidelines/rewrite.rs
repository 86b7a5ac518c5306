//! The button that rewrites the prompt from all guidelines that are switched on.

use align::record::StartFrom;
use leptos::prelude::*;

use super::super::super::use_workbench;
use crate::browser::is_second_click;
use crate::components::live::use_live;
use crate::components::{Button, ButtonKind};

/// How many guidelines a rewrite follows, from which text it starts, and what asks for it.
#[component]
pub(super) fn Rewrite() -> impl IntoView {
    let workbench = use_workbench();
    let live = use_live();
    let anew = RwSignal::new(false);
    let on = Memo::new(move |_| {
        workbench
            .guidelines
            .list()
            .with(|all| all.iter().filter(|guideline| guideline.is_on).count())
    });
    let has_original = Memo::new(move |_| {
        workbench
            .prompt
            .newest()
            .with(|newest| newest.as_ref().is_some_and(|it| it.summary.number > 1))
    });
    let ask = move |candidates| {
        let start = if anew.get_untracked() && has_original.get_untracked() {
            StartFrom::Original
        } else {
            StartFrom::Newest
        };
        workbench.rewrite(start, candidates);
        anew.set(false);
    };
    let none = Memo::new(move |_| on.get() == 0);
    let label = move || {
        if workbench.refine.is_drafting() { "Stop drafting" } else { "Rewrite from guidelines" }
    };
    let press = move |event| {
        if is_second_click(&event) {
            return;
        }
        if workbench.refine.is_drafting() { workbench.stop() } else { ask(1) }
    };
    let disabled = move || !live.get() || (!workbench.refine.is_drafting() && none.get());
    view! {
        <Show when=move || has_original.get()>
            <label class="check">
                <input
                    type="checkbox"
                    disabled=Signal::derive(move || !live.get())
                    prop:checked=Signal::derive(move || anew.get())
                    on:change=move |event| anew.set(event_target_checked(&event))
                />
                <span>"Start again from the original prompt"</span>
            </label>
        </Show>
        <div class="panel-foot">
            <span class="muted">{move || counted(on.get())}</span>
            <Show when=move || !workbench.refine.is_drafting()>
                <Button kind=ButtonKind::Quiet disabled=none on_press=move |()| ask(3)>"Draft 3"</Button>
            </Show>
            <button type="button" class="button" disabled=disabled on:click=press>{label}</button>
        </div>
    }
}

fn counted(on: usize) -> String {
    match on {
        0 => "Switch on a guideline to rewrite from it.".to_owned(),
        1 => "1 guideline is on".to_owned(),
        on => format!("{on} guidelines are on"),
    }
}
