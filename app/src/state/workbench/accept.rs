//! Accepting the shown draft.

use align::record::{Draft, DraftState, Version};
use leptos::prelude::*;

use super::WorkbenchState;
use crate::api;
use crate::error::ErrorKind;
use crate::state::prompt::Answered;
use crate::sync::typed::Typed;

impl WorkbenchState {
    /// Makes the shown draft the newest version and, if wanted, runs it. What is typed beside it is told
    /// even when nothing is unsaved, because the server's copy of the typing may be older than this page.
    pub(crate) fn accept(self, rerun: bool, confirmed: bool) {
        let Some(draft) = untrack(|| self.refine.draft()) else { return };
        self.refine.confirm(None);
        let seen = untrack(|| self.prompt.editor().typed());
        self.page.once("accept", async move {
            self.refine.send_edit().await?;
            self.refine.send_hunks_on_their_way(draft.id).await?;
            let unsaved = Some(seen.text.prompt.clone());
            match api::accept_draft(draft.id, unsaved, confirmed).await {
                Ok(version) if self.page.is_alive() => {
                    self.accepted(&draft, version, seen, rerun);
                    if rerun {
                        self.start_run();
                    }
                    Ok(())
                }
                Err(error)
                    if error.kind == ErrorKind::NeedsConfirmation && self.page.is_alive() =>
                {
                    self.refine.confirm(Some((error.findings, rerun)));
                    Ok(())
                }
                outcome => outcome.map(drop),
            }
        });
    }

    /// The accepted text takes the place of what was typed, which is a version of its own by now.
    fn accepted(self, draft: &Draft, version: Version, seen: Typed, rerun: bool) {
        let next = if rerun { "" } else { " Run it to see the difference." };
        let number = version.summary.number;
        let kept = match draft.base + 1 {
            unsaved if unsaved < number => format!(" What you had typed is kept as v{unsaved}."),
            _ => String::new(),
        };
        self.page.tell(format!("Accepted as v{number}.{kept}{next}"));
        let feedback = if draft.feedback.is_empty() { Answered::No } else { Answered::Yes };
        self.prompt.show_version(&version, seen, feedback);
        self.refine.show_newest_draft();
        if let Some(known) = untrack(|| self.refine.draft_of(draft.id)) {
            let state = DraftState::Accepted { version: number };
            self.refine.take_draft(Draft { state, ..known });
        }
        self.prompt.take_newest(Some(version));
    }

    /// Puts what was typed into a draft that was decided on meanwhile into the prompt, or away.
    pub(crate) fn settle_left_over(self, into_prompt: bool) {
        let Some(left_over) = untrack(|| self.refine.left_over()) else { return };
        self.page.once("left over", async move {
            if into_prompt {
                let editor = self.prompt.editor();
                if untrack(|| self.prompt.has_typed_changes()) {
                    let note = "Kept before an edited draft was put into the prompt".to_owned();
                    let text = untrack(|| editor.typed()).text;
                    let id = self.page.id();
                    let version = api::save_version(id, text.prompt, text.base, note).await?;
                    if !self.page.is_alive() {
                        return Ok(());
                    }
                    self.prompt.take_newest(Some(version));
                }
                editor.set_prompt(left_over.typed, editor.base());
            }
            self.refine.settle_left_over(left_over.id);
            Ok(())
        });
    }
}
