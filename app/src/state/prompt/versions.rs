//! The versions of the prompt beside what is typed.

use align::Prompt;
use align::record::{Version, VersionNumber};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Answered, PromptState};
use crate::api;

impl PromptState {
    /// The newest version.
    pub(crate) fn newest(self) -> ReadSignal<Option<Version>> {
        self.newest
    }

    /// The number of the newest version.
    pub(crate) fn newest_number(self) -> Option<VersionNumber> {
        self.newest.with(|newest| newest.as_ref().map(number))
    }

    /// Takes over a newest version; an editor without typed changes follows it.
    pub(crate) fn take_newest(self, newest: Option<Version>) {
        let Some(version) = newest else { return };
        let known = untrack(|| self.newest_number()).unwrap_or(0);
        if number(&version) < known {
            return;
        }
        if untrack(|| self.editor.prompt()) == version.prompt {
            self.editor.set_base(Some(number(&version)));
        } else if !untrack(|| self.has_typed_changes()) && !self.is_deciding_typed() {
            self.show_version(&version, untrack(|| self.editor.typed()), Answered::No);
        }
        self.set_newest.set(Some(version));
    }

    /// Whether the typed text differs from the newest version.
    pub(crate) fn has_typed_changes(self) -> bool {
        let typed = self.editor.prompt();
        self.newest.with(|newest| match newest {
            Some(version) => version.prompt != typed,
            None => !typed.is_blank(),
        })
    }

    /// Saves what is typed as a version.
    pub(crate) fn save_version(self) {
        self.send_typed();
        self.page.once("save", async move {
            let text = untrack(|| self.editor.typed()).text;
            let known = untrack(|| self.newest_number());
            let note = String::new();
            let version = api::save_version(self.page.id(), text.prompt, text.base, note).await?;
            if self.page.is_alive() {
                let saved = number(&version);
                self.page.tell(if known == Some(saved) {
                    format!("Nothing changed since v{saved}.")
                } else {
                    format!("Saved as v{saved}.")
                });
                self.take_newest(Some(version));
            }
            Ok(())
        });
    }

    /// Makes a new version with the text of an earlier one.
    pub(crate) fn restore(self, from: VersionNumber) {
        let typed = untrack(|| self.editor.typed());
        let seen = self.seen(&typed);
        self.page.once("restore", async move {
            let version = api::restore_version(self.page.id(), from, Some(seen)).await?;
            if self.page.is_alive() {
                let restored = number(&version);
                self.show_version(&version, typed, Answered::No);
                self.take_newest(Some(version));
                self.page.tell(format!("Restored v{from} as v{restored}."));
            }
            Ok(())
        });
    }

    /// The text of version `number`: at hand if it is the newest, else asked for.
    pub(crate) fn text_of(self, number: VersionNumber) -> Signal<Option<Prompt>> {
        let at_hand = self.newest.with_untracked(|newest| {
            let found = newest.as_ref().filter(|version| version.summary.number == number);
            found.map(|version| version.prompt.clone())
        });
        let is_missing = at_hand.is_none();
        let text = RwSignal::new(at_hand);
        if is_missing {
            Effect::new(move || {
                spawn_local(async move {
                    match api::get_version(self.page.id(), number).await {
                        Ok(version) => drop(text.try_set(Some(version.prompt))),
                        Err(error) => self.page.fail(error),
                    }
                });
            });
        }
        text.into()
    }
}

fn number(version: &Version) -> VersionNumber {
    version.summary.number
}
