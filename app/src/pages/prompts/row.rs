//! One prompt of the list.

use align::record::{PromptId, PromptQuery, PromptSummary};
use leptos::html::A;
use leptos::prelude::*;

use super::edit::{Editing, Subject};
use super::{address, use_prompts};
use crate::components::live::use_live;
use crate::components::time::{Moment, author};

/// A row: link, excerpt, tags, last change, and what can be done to the prompt.
#[component]
pub(super) fn Row(id: PromptId) -> impl IntoView {
    let prompts = use_prompts();
    let link = NodeRef::<A>::new();
    // A row that is about to go keeps its text until it is gone.
    let summary = Memo::new(move |old: Option<&Option<PromptSummary>>| {
        prompts.summary(id).or_else(|| old.cloned().flatten())
    });
    Effect::new(move || {
        summary.track();
        if link.get().is_some() && prompts.focus_next.get_untracked() == Some(id) {
            prompts.focus_next.set(None);
            // A row that moves loses the focus: wait until it is where it belongs.
            request_animation_frame(move || focus(link));
        }
    });
    let contents = move || {
        summary.get().map(|summary| {
            let title = summary.title.clone();
            view! {
                <a class="prompt-title" node_ref=link href=format!("/prompts/{id}")>{title}</a>
                <Actions summary=summary.clone()/>
                <p class="excerpt">{summary.excerpt.clone()}</p>
                <Facts summary/>
            }
        })
    };
    view! { <li class="prompt-row">{contents}</li> }
}

fn focus(link: NodeRef<A>) {
    if let Some(link) = link.try_get_untracked().flatten() {
        // A link in the page can take the focus.
        let _ = link.focus();
    }
}

/// Tags, version, last change and author.
#[component]
fn Facts(summary: PromptSummary) -> impl IntoView {
    let PromptSummary { tags, version, updated_at, author: name, .. } = summary;
    let version =
        version.map_or_else(|| "no version yet".to_owned(), |number| format!("v{number}"));
    let tags = tags.into_iter().map(|tag| {
        let to = PromptQuery { tag: Some(tag.clone()), ..PromptQuery::default() };
        view! { <a class="tag" href=address::print(&to)>{tag}</a> }
    });
    view! {
        <div class="row facts">
            <span>{version}</span>
            <span><Moment at=updated_at/>" by "{author(&name)}</span>
            {tags.collect_view()}
        </div>
    }
}

/// What can be done to the prompt as a whole.
#[component]
fn Actions(summary: PromptSummary) -> impl IntoView {
    let prompts = use_prompts();
    let PromptSummary { id, title, tags, .. } = summary;
    let edit = move |subject, text: String, title: String| {
        prompts.editing.set(Some(Editing { id, subject, title, text }));
    };
    let names = [(); 5].map(|()| title.clone());
    let [rename, retag, delete, shown, label] = names;
    let tags = tags.join(", ");
    view! {
        <div class="row-actions" role="group" aria-label=format!("Actions on {label}")>
            <Action name="Rename" title=shown.clone() on_press=move |()| edit(Subject::Title, rename.clone(), rename.clone())/>
            <Action name="Edit tags" title=shown.clone() on_press=move |()| edit(Subject::Tags, tags.clone(), retag.clone())/>
            <Action name="Duplicate" title=shown.clone() on_press=move |()| prompts.duplicate(id)/>
            <Action name="Delete" title=shown on_press=move |()| prompts.delete(id, delete.clone())/>
        </div>
    }
}

/// A small button whose name says which prompt it acts on.
#[component]
fn Action(
    name: &'static str,
    title: String,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let live = use_live();
    view! {
        <button
            type="button"
            class="button quiet small"
            disabled=Signal::derive(move || !live.get())
            on:click=move |_| on_press.run(())
        >
            {name}
            <span class="visually-hidden">" “"{title}"”"</span>
        </button>
    }
}
