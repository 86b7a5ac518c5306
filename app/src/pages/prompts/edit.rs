//! The dialog that edits the title or the tags of a prompt.

use align::record::{PromptHead, PromptId};
use leptos::html::{Dialog, Input};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::use_prompts;
use crate::api;
use crate::components::{Alert, Button, ButtonKind};
use crate::error::AppError;

/// What is edited.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Editing {
    /// Of which prompt.
    pub(super) id: PromptId,
    /// Title or tags.
    pub(super) subject: Subject,
    /// The title of the prompt now.
    pub(super) title: String,
    /// The text that is edited, as it is now.
    pub(super) text: String,
}

/// What of a prompt is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Its title.
    Title,
    /// Its tags, separated by commas.
    Tags,
}

impl Editing {
    fn heading(&self) -> String {
        match self.subject {
            Subject::Title => format!("Rename “{}”", self.title),
            Subject::Tags => format!("Edit the tags of “{}”", self.title),
        }
    }

    fn label(&self) -> &'static str {
        match self.subject {
            Subject::Title => "Title",
            Subject::Tags => "Tags, separated by commas",
        }
    }

    async fn save(self, text: String) -> Result<PromptHead, AppError> {
        match self.subject {
            Subject::Title => api::rename_prompt(self.id, text.trim().to_owned()).await,
            Subject::Tags => api::set_tags(self.id, tags(&text)).await,
        }
    }
}

/// The dialog, closed while nothing is edited.
#[component]
pub(super) fn EditDialog() -> impl IntoView {
    let prompts = use_prompts();
    let dialog = NodeRef::<Dialog>::new();
    let error = RwSignal::new(None);
    Effect::new(move || {
        let is_editing = prompts.editing.with(Option::is_some);
        let Some(dialog) = dialog.get() else { return };
        match (is_editing, dialog.open()) {
            // Fails only for a dialog that is not in the page.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let closed = move |_| {
        prompts.editing.set(None);
        error.set(None);
    };
    view! {
        <dialog node_ref=dialog aria-labelledby="edit-title" on:close=closed>
            {move || prompts.editing.get().map(|editing| view! { <EditForm editing error/> })}
        </dialog>
    }
}

#[component]
fn EditForm(editing: Editing, error: RwSignal<Option<AppError>>) -> impl IntoView {
    let prompts = use_prompts();
    let input = NodeRef::<Input>::new();
    let is_saving = RwSignal::new(false);
    // Selected, so that typing replaces it; the dialog itself opens at the same moment.
    Effect::new(move || {
        if let Some(input) = input.get() {
            // A text box in an open dialog can take the focus.
            let _ = input.focus();
            input.select();
        }
    });
    let (heading, label) = (editing.heading(), editing.label());
    let (text, is_title) = (editing.text.clone(), editing.subject == Subject::Title);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(text) = input.get_untracked().map(|input| input.value()) else { return };
        if is_saving.get_untracked() {
            return;
        }
        is_saving.set(true);
        let editing = editing.clone();
        spawn_local(async move {
            match editing.save(text).await {
                Ok(head) => {
                    prompts.editing.try_set(None);
                    prompts.focus_next.try_set(Some(head.id));
                    prompts.reload();
                }
                Err(failure) => {
                    error.try_set(Some(failure));
                }
            }
            is_saving.try_set(false);
        });
    };
    view! {
        <form class="stack" on:submit=save>
            <h2 id="edit-title">{heading}</h2>
            <label class="field">
                <span>{label}</span>
                <input
                    node_ref=input
                    type="text"
                    maxlength=if is_title { "200" } else { "1000" }
                    required=is_title
                    autocomplete="off"
                    value=text
                />
            </label>
            <Alert error/>
            <div class="dialog-actions">
                <Button kind=ButtonKind::Quiet on_press=move |()| prompts.editing.set(None)>"Cancel"</Button>
                <button type="submit" class="button primary" disabled=is_saving>"Save"</button>
            </div>
        </form>
    }
}

/// The tags in a text: separated by commas, with or without `#`, each once.
fn tags(text: &str) -> Vec<String> {
    let mut tags = Vec::new();
    for tag in text.split([',', '\n']) {
        let tag = tag.trim().trim_start_matches('#').trim();
        if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn tags_are_read_as_people_write_them() {
        assert_eq!(tags(" json , #support,, two words ,json"), ["json", "support", "two words"]);
        assert!(tags(" , # ").is_empty());
    }
}
