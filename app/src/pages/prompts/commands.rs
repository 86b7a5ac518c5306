//! What the page does: each asks the server, then shows the list as it is now.

use std::future::Future;

use align::prompt::Values;
use align::record::{PromptHead, PromptId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::Prompts;
use super::toasts::{Toast, ToastKind};
use crate::api;
use crate::error::AppError;
use crate::gallery::Example;
use crate::typed_titles;

/// The title of a prompt that has none yet.
const UNTITLED: &str = "Untitled prompt";

impl Prompts {
    /// Makes an empty prompt and opens it.
    pub(super) fn create_blank(self) {
        let title = UNTITLED.to_owned();
        self.create(api::create_prompt(title, Vec::new(), None, Values::new(), String::new()));
    }

    /// Makes a prompt from an example and opens it.
    pub(super) fn create_from(self, example: &Example) {
        self.create(api::create_prompt(
            example.title.to_owned(),
            example.tags(),
            Some(example.prompt()),
            example.values(),
            "Started from the gallery".to_owned(),
        ));
    }

    fn create(self, making: impl Future<Output = Result<PromptHead, AppError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match making.await {
                Ok(head) => {
                    self.open.try_run(head.id);
                }
                Err(error) => self.fail(error),
            }
            self.busy.try_set(false);
        });
    }

    /// Copies a prompt.
    pub(super) fn duplicate(self, id: PromptId) {
        spawn_local(async move {
            match api::duplicate_prompt(id).await {
                Ok(copy) => {
                    self.tell(Toast { id: copy.id, title: copy.title, kind: ToastKind::Copied });
                    self.reload();
                }
                Err(error) => self.fail(error),
            }
        });
    }

    /// Deletes a prompt and offers to undo that.
    pub(super) fn delete(self, id: PromptId, title: String) {
        spawn_local(async move {
            match api::delete_prompt(id).await {
                Ok(()) => {
                    self.tell(Toast { id, title, kind: ToastKind::Deleted });
                    self.reload();
                }
                Err(error) => self.fail(error),
            }
        });
    }

    /// Brings a deleted prompt back.
    pub(super) fn undelete(self, id: PromptId) {
        spawn_local(async move {
            match api::undelete_prompt(id).await {
                Ok(_) => {
                    self.forget(id);
                    self.focus_next.try_set(Some(id));
                    self.reload();
                }
                Err(error) => self.fail(error),
            }
        });
    }

    /// Takes away what was told about a prompt. The focus goes to the page rather than nowhere.
    pub(super) fn forget(self, id: PromptId) {
        self.toasts.try_update(|toasts| toasts.retain(|toast| toast.id != id));
        focus_page();
    }

    /// Loads the list again; the old one stays until the new one is there.
    pub(super) fn reload(self) {
        // The page may be gone when an answer arrives.
        if !self.list.is_disposed() {
            self.list.refetch();
        }
    }

    /// Sends the titles that were typed just before the server made this page, and shows them.
    pub(super) fn send_typed_titles(self) {
        Effect::new(move || {
            spawn_local(async move {
                if typed_titles::send_all().await {
                    self.reload();
                }
            });
        });
    }

    /// Gives the focus to the page when the row that should take it did not come with the list.
    pub(super) fn keep_focus(self) {
        Effect::new(move || {
            self.list.track();
            let missing =
                untrack(|| self.focus_next.get().is_some_and(|id| self.summary(id).is_none()));
            if missing {
                self.focus_next.set(None);
                focus_page();
            }
        });
    }

    fn tell(self, toast: Toast) {
        self.toasts.try_update(|toasts| {
            toasts.retain(|known| known.id != toast.id);
            toasts.push(toast);
        });
    }

    fn fail(self, error: AppError) {
        self.error.try_set(Some(error));
    }
}

fn focus_page() {
    let main = document().get_element_by_id("main");
    if let Some(main) = main
        .and_then(|main| wasm_bindgen::JsCast::dyn_into::<leptos::web_sys::HtmlElement>(main).ok())
    {
        // Fails for elements that cannot take focus only.
        let _ = main.focus();
    }
}
