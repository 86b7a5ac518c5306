//! Editing a draft by hand: kept on the server after a short pause, and before anything is decided.

use std::time::Duration;

use align::prompt::Prompt;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bench::Bench;
use crate::api;
use crate::error::AppError;

/// How long typing pauses before it is sent.
const PAUSE: Duration = Duration::from_millis(400);

impl Bench {
    /// Changes the typed edit.
    pub(crate) fn type_edit(self, change: impl FnOnce(&mut Prompt)) {
        self.editing_draft.update(|edit| {
            if let Some((_, prompt)) = edit {
                change(prompt);
            }
        });
        if self.edit_waits.get_untracked() {
            return;
        }
        self.edit_waits.set(true);
        let send = move || {
            spawn_local(async move {
                if let Err(error) = self.send_edit().await {
                    self.error.try_set(Some(error));
                }
            });
        };
        set_timeout(send, PAUSE);
    }

    /// Sends the typed edit if it was not sent yet.
    pub(super) async fn send_edit(self) -> Result<(), AppError> {
        if self.edit_waits.try_get_untracked() != Some(true) {
            return Ok(());
        }
        self.edit_waits.set(false);
        let Some((id, prompt)) = self.editing_draft.get_untracked() else { return Ok(()) };
        match api::edit_draft(id, Some(prompt)).await {
            Ok(draft) if self.is_alive() => self.take_draft(draft),
            Ok(_) => {}
            Err(error) => {
                // It stays in the text box; the next pause, or Accept, sends it again.
                self.edit_waits.try_set(true);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Leaves the text boxes and shows the diff of what was typed.
    pub(crate) fn finish_edit(self) {
        self.command(async move {
            self.send_edit().await?;
            self.editing_draft.try_set(None);
            Ok(())
        });
    }

    /// Goes back to what the alignment model proposed.
    pub(crate) fn discard_edit(self) {
        let Some((id, _)) = self.editing_draft.get_untracked() else { return };
        self.edit_waits.set(false);
        self.command(async move {
            let draft = api::edit_draft(id, None).await?;
            if self.is_alive() {
                self.editing_draft.set(None);
                self.take_draft(draft);
            }
            Ok(())
        });
    }
}
