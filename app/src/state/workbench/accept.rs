//! Accepting the shown draft.

use std::ops::Range;

use align::record::{Draft, DraftState, Version, VersionNumber};
use leptos::prelude::*;

use super::WorkbenchState;
use crate::api;
use crate::error::ErrorKind;
use crate::state::prompt::Answered;
use crate::sync::typed::Typed;

impl WorkbenchState {
    /// Makes the shown draft the newest version and, if wanted, runs it.
    pub(crate) fn accept(self, rerun: bool, confirmed: bool) {
        let Some(draft) = untrack(|| self.refine.draft()) else { return };
        self.refine.confirm(None);
        let typed = untrack(|| self.prompt.editor().typed());
        let seen = self.prompt.seen(&typed);
        self.page.once("accept", async move {
            self.refine.send_edit().await?;
            self.refine.send_hunks_on_their_way(draft.id).await?;
            match api::accept_draft(draft.id, Some(seen), confirmed).await {
                Ok(version) if self.page.is_alive() => {
                    self.accepted(&draft, version, typed, rerun);
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
        let kept = kept_as(draft.base + 1..number);
        self.page.tell(format!("Accepted as v{number}.{kept}{next}"));
        let is_answered = draft.is_from_box(&seen.boxes.feedback);
        let feedback = if is_answered { Answered::Yes } else { Answered::No };
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

/// Which versions keep what was typed, in a sentence; empty if there are none.
fn kept_as(versions: Range<VersionNumber>) -> String {
    let (first, last) = (versions.start, versions.end - 1);
    match versions.len() {
        0 => String::new(),
        1 => format!(" What you had typed is kept as v{first}."),
        _ => {
            format!(" What you had typed here and on another page is kept as v{first} and v{last}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::kept_as;

    #[test]
    fn versions_that_keep_what_was_typed_are_named() {
        assert_eq!(kept_as(2..2), "");
        assert_eq!(kept_as(2..3), " What you had typed is kept as v2.");
        assert!(kept_as(2..4).ends_with("is kept as v2 and v3."));
    }
}
