//! One guideline: switch, text, origin, and what can be done with it.

use align::record::{
    EvidenceKind, Guideline, GuidelineId, GuidelineOrigin, PromptId, Reworded, Source,
    VersionNumber,
};
use leptos::prelude::*;

use super::super::super::use_workbench;
use super::super::reword::Reword;
use crate::browser;
use crate::components::live::use_live;
use crate::components::time::{Moment, author};
use crate::state::WorkbenchState;

/// A row of the list. It can be dragged to another place. It stays while its text is being changed, even
/// when the guideline is gone.
#[component]
pub(super) fn Row(id: GuidelineId) -> impl IntoView {
    let workbench = use_workbench();
    let guideline = Memo::new(move |_| workbench.guidelines.guideline(id));
    let of = Reworded::Guideline(id);
    let text = Memo::new(move |_| guideline.with(|it| it.as_ref().map(|it| it.text.clone())));
    let editing = Memo::new(move |_| workbench.prompt.rewording(of).is_some());
    let is_off = move || guideline.with(|it| it.as_ref().is_some_and(|it| !it.is_on));
    let source = Source::Guideline(id);
    let point = move || workbench.refine.point_at(vec![source]);
    let leave = move || workbench.refine.point_at(Vec::new());
    let drop_here = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        let place =
            workbench.guidelines.place_of(id).and_then(|place| u32::try_from(place - 1).ok());
        if let (Some(dragged), Some(place)) =
            (workbench.guidelines.dragged().get_untracked(), place)
            && dragged != id
        {
            workbench.move_guideline(dragged, place);
        }
        workbench.guidelines.dragged().set(None);
    };
    view! {
        <li
            class="guideline"
            class:off=is_off
            class:pointed=Signal::derive(move || workbench.refine.is_pointed(source))
            draggable=Signal::derive(move || (!editing.get()).to_string())
            on:dragstart=move |event| {
                browser::begin_drag(&event, &id.to_string());
                workbench.guidelines.dragged().set(Some(id));
            }
            on:dragend=move |_| workbench.guidelines.dragged().set(None)
            on:dragover=move |event: leptos::ev::DragEvent| event.prevent_default()
            on:drop=drop_here
            on:mouseenter=move |_| point()
            on:mouseleave=move |_| leave()
            on:focusin=move |_| point()
            on:focusout=move |_| leave()
        >
            {move || if editing.get() {
                view! { <Reword of now=text/> }.into_any()
            } else {
                view! { <Text guideline/><Actions id/> }.into_any()
            }}
        </li>
    }
}

/// The switch with the text as its label, and the origin on demand.
#[component]
fn Text(guideline: Memo<Option<Guideline>>) -> impl IntoView {
    let workbench = use_workbench();
    let live = use_live();
    let is_on = move || guideline.with(|it| it.as_ref().is_some_and(|it| it.is_on));
    let text = move || guideline.with(|it| it.as_ref().map(|it| it.text.clone()));
    let switch = move |event| {
        if let Some(id) = guideline.with_untracked(|it| it.as_ref().map(|it| it.id)) {
            workbench.switch_guideline(id, event_target_checked(&event));
        }
    };
    view! {
        <label class="guideline-text">
            <input
                type="checkbox"
                role="switch"
                disabled=Signal::derive(move || !live.get())
                prop:checked=is_on
                checked=untrack(is_on)
                on:change=switch
            />
            <span>{text}</span>
        </label>
        <details class="origin">
            <summary>"Origin"</summary>
            {move || guideline.get().map(|guideline| origin(workbench, guideline))}
        </details>
    }
}

fn origin(workbench: WorkbenchState, guideline: Guideline) -> AnyView {
    let Guideline { origin, followed_by, .. } = guideline;
    let (how, said) = match origin {
        GuidelineOrigin::Handwritten => ("Written".to_owned(), None),
        GuidelineOrigin::Set { name } => (format!("From the set “{name}”, added"), None),
        GuidelineOrigin::Distilled { run_id, evidence, said, .. } => {
            let what = match evidence {
                EvidenceKind::Critique => "a critique",
                EvidenceKind::Kudos => "kudos",
                EvidenceKind::CorrectedOutput => "a corrected output",
            };
            (format!("Distilled from {what} of run {run_id}, given"), Some(said))
        }
    };
    let by = author(&guideline.author);
    view! {
        <p>{format!("{how} by {by}, ")}<Moment at=guideline.created_at/>"."</p>
        {said.map(|said| view! { <blockquote class="quote">{said}</blockquote> })}
        {followers(workbench.page.id(), &followed_by)}
    }
    .into_any()
}

/// The versions that follow it, with links.
fn followers(prompt: PromptId, versions: &[VersionNumber]) -> Option<AnyView> {
    let links = versions.iter().map(|number| {
        view! { " "<a href=format!("/prompts/{prompt}/versions/{number}")>{format!("v{number}")}</a> }
    });
    let links = links.collect_view();
    (!versions.is_empty()).then(|| view! { <p>"Followed by"{links}"."</p> }.into_any())
}

/// Edit, delete, and places up and down. Their names tell which guideline they act on.
#[component]
fn Actions(id: GuidelineId) -> impl IntoView {
    let workbench = use_workbench();
    let place = Memo::new(move |_| workbench.guidelines.place_of(id).unwrap_or_default());
    let last = Memo::new(move |_| workbench.guidelines.list().with(Vec::len));
    let to = move |place: usize| {
        if let Ok(place) = u32::try_from(place) {
            workbench.move_guideline(id, place);
        }
    };
    let edit = move || {
        if let Some(guideline) = untrack(|| workbench.guidelines.guideline(id)) {
            workbench.prompt.begin_rewording(Reworded::Guideline(id), guideline.text);
        }
    };
    let named = move |action: &'static str, after: &'static str| {
        move || format!("{action} guideline {}{after}", place.get())
    };
    view! {
        <div class="row guideline-actions">
            <Act
                label="Edit" name=Signal::derive(named("Edit", ""))
                on_press=move |()| edit()
            />
            <Act
                label="Delete" name=Signal::derive(named("Delete", ""))
                on_press=move |()| workbench.remove_guideline(id)
            />
            <Act
                label="↑" name=Signal::derive(named("Move", " up"))
                disabled=Signal::derive(move || place.get() <= 1)
                on_press=move |()| to(place.get_untracked().saturating_sub(2))
            />
            <Act
                label="↓" name=Signal::derive(named("Move", " down"))
                disabled=Signal::derive(move || place.get() >= last.get())
                on_press=move |()| to(place.get_untracked())
            />
        </div>
    }
}

/// A small button with a name of its own. It is never off for the browser: a row that moved to the end
/// keeps the focus on it.
#[component]
fn Act(
    label: &'static str,
    name: Signal<String>,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let live = use_live();
    let press = move |_| {
        if !disabled.get_untracked() {
            on_press.run(());
        }
    };
    view! {
        <button
            type="button"
            class="button quiet small"
            aria-label=name
            disabled=Signal::derive(move || !live.get())
            aria-disabled=Signal::derive(move || disabled.get().then_some("true"))
            on:click=press
        >
            {label}
        </button>
    }
}
