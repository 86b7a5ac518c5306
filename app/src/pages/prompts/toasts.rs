//! What was done, with the way back.

use align::record::PromptId;
use leptos::html::Button as ButtonElement;
use leptos::prelude::*;

use super::use_prompts;
use crate::components::{Button, ButtonKind};

/// Something that was done to a prompt. It stays until it is undone or dismissed: who reads slowly
/// has as much time as everybody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Toast {
    /// The prompt.
    pub(super) id: PromptId,
    /// Its title.
    pub(super) title: String,
    /// What was done.
    pub(super) kind: ToastKind,
}

/// What was done to a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ToastKind {
    /// It was deleted.
    Deleted,
    /// It was made as a copy of another one.
    Copied,
}

/// All of them, newest last. Always in the page, so that screen readers notice what comes.
#[component]
pub(super) fn Toasts() -> impl IntoView {
    let prompts = use_prompts();
    view! {
        <div class="toasts" role="status">
            <For each=move || prompts.toasts.get() key=|toast| (toast.id, toast.kind) let(toast)>
                <ToastView toast/>
            </For>
        </div>
    }
}

#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let prompts = use_prompts();
    let Toast { id, title, kind } = toast;
    let message = match kind {
        ToastKind::Deleted => view! { <span>"Deleted “"{title}"”."</span> <Undo id/> }.into_any(),
        ToastKind::Copied => {
            let to = format!("/prompts/{id}");
            view! { <span>"Copied to "<a href=to>{title}</a>"."</span> }.into_any()
        }
    };
    view! {
        <div class="toast">
            {message}
            <Button kind=ButtonKind::Quiet on_press=move |()| prompts.forget(id)>"Dismiss"</Button>
        </div>
    }
}

/// Takes the focus, which the Delete button took with it when it went.
#[component]
fn Undo(id: PromptId) -> impl IntoView {
    let prompts = use_prompts();
    let element = NodeRef::<ButtonElement>::new();
    Effect::new(move || {
        if let Some(element) = element.get() {
            // A button in the page can take the focus.
            let _ = element.focus();
        }
    });
    view! {
        <button
            node_ref=element
            type="button"
            class="button"
            on:click=move |_| prompts.undelete(id)
        >
            "Undo"
        </button>
    }
}
