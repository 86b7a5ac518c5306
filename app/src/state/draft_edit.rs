//! Editing a draft by hand: kept on the server after a short pause, and before anything is decided.

use std::time::Duration;

use align::prompt::Prompt;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bench::Bench;
use crate::api;
use crate::error::AppError;
use crate::reactive::Change;

/// How long typing pauses before it is sent.
const PAUSE: Duration = Duration::from_millis(400);

/// How long to wait after the server did not take it.
const RETRY: Duration = Duration::from_secs(2);

impl Bench {
    /// Changes the typed edit.
    pub(crate) fn type_edit(self, change: impl FnOnce(&mut Prompt)) {
        self.editing_draft.change(|edit| {
            if let Some((_, prompt)) = edit {
                change(prompt);
            }
        });
        if self.edit_waits.get_untracked() {
            return;
        }
        self.edit_waits.set(true);
        self.send_edit_after(PAUSE);
    }

    /// Sends the typed edit later, and again until the server takes it. Its error is shown once, and
    /// goes when it is over.
    fn send_edit_after(self, pause: Duration) {
        let send = move || {
            spawn_local(async move {
                let failed = self.send_edit().await.err();
                if !self.is_alive() {
                    return;
                }
                if failed.is_some() {
                    self.send_edit_after(RETRY);
                }
                let known = self.edit_refused.get_untracked();
                if failed == known {
                    return;
                }
                if failed.is_some() || self.error.get_untracked() == known {
                    self.error.set(failed.clone());
                }
                self.edit_refused.set(failed);
            });
        };
        set_timeout(send, pause);
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
                // It stays in the text box; a later try, or Accept, sends it again.
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
