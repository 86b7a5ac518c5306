//! What a person types in a workbench.

use std::collections::BTreeSet;

use align::prompt::{Prompt, Values};
use align::record::{Correction, Rewording, VersionNumber};
use align::{Feedback, template};
use leptos::prelude::*;

use crate::sync::typed::{Boxes, PromptText, Typed};

/// The typed state, one signal per field, so that a key press touches one field only.
#[derive(Clone, Copy)]
pub(crate) struct Editor {
    system_instructions: RwSignal<String>,
    text: RwSignal<String>,
    /// Names that are plain text, though they look like variables.
    plain_names: RwSignal<BTreeSet<String>>,
    /// Values of the variables.
    values: RwSignal<Values>,
    feedback: RwSignal<String>,
    /// The comment on a selection that is being typed.
    comment: RwSignal<Option<Feedback>>,
    /// The output as it is being corrected.
    correction: RwSignal<Option<Correction>>,
    guideline: RwSignal<String>,
    /// Guidelines and pieces of feedback that are being given other words.
    rewordings: RwSignal<Vec<Rewording>>,
    /// The version the typing started from.
    base: RwSignal<Option<VersionNumber>>,
}

impl Editor {
    /// An editor that holds `typed`.
    pub(crate) fn new(typed: Typed) -> Self {
        let Typed { text, boxes } = typed;
        Self {
            system_instructions: RwSignal::new(text.prompt.system_instructions),
            text: RwSignal::new(text.prompt.text),
            plain_names: RwSignal::new(text.prompt.plain_names),
            values: RwSignal::new(boxes.values),
            feedback: RwSignal::new(boxes.feedback),
            comment: RwSignal::new(boxes.comment),
            correction: RwSignal::new(boxes.correction),
            guideline: RwSignal::new(boxes.guideline),
            rewordings: RwSignal::new(boxes.rewordings),
            base: RwSignal::new(text.base),
        }
    }

    /// Puts `typed` in place of what is typed.
    pub(crate) fn load(self, typed: Typed) {
        let Typed { text, boxes } = typed;
        self.set_prompt(text.prompt, text.base);
        set(self.values, boxes.values);
        set(self.feedback, boxes.feedback);
        set(self.comment, boxes.comment);
        set(self.correction, boxes.correction);
        set(self.guideline, boxes.guideline);
        set(self.rewordings, boxes.rewordings);
    }

    /// Puts `prompt`, which version `base` holds, in place of the typed text.
    pub(crate) fn set_prompt(self, prompt: Prompt, base: Option<VersionNumber>) {
        set(self.system_instructions, prompt.system_instructions);
        set(self.text, prompt.text);
        set(self.plain_names, prompt.plain_names);
        set(self.base, base);
    }

    /// What the System instructions box holds.
    pub(crate) fn system_instructions(self) -> RwSignal<String> {
        self.system_instructions
    }

    /// What the Prompt box holds.
    pub(crate) fn text(self) -> RwSignal<String> {
        self.text
    }

    /// A person typed or pasted into the Prompt box.
    pub(crate) fn type_text(self, text: String) {
        let old = untrack(|| self.prompt());
        self.retype(&old, old.system_instructions.clone(), text);
    }

    /// A person typed or pasted into the System instructions box.
    pub(crate) fn type_system_instructions(self, text: String) {
        let old = untrack(|| self.prompt());
        self.retype(&old, text, old.text.clone());
    }

    fn retype(self, old: &Prompt, system_instructions: String, text: String) {
        self.set_prompt(old.retyped(system_instructions, text), self.base());
    }

    /// Names that stand between doubled braces, as other tools write variables.
    pub(crate) fn doubled_names(self) -> Vec<String> {
        let mut names = Vec::new();
        for text in [self.system_instructions, self.text] {
            text.with(|text| {
                for name in template::doubled_names(text) {
                    if !names.iter().any(|known| known == name) {
                        names.push(name.to_owned());
                    }
                }
            });
        }
        names
    }

    /// Makes variables of names between doubled braces.
    pub(crate) fn make_variables(self, names: &[String]) {
        let chosen: BTreeSet<_> = names.iter().map(String::as_str).collect();
        for text in [self.system_instructions, self.text] {
            set(text, text.with_untracked(|text| template::with_variables(text, &chosen)));
        }
        let left = |plain: &BTreeSet<String>| {
            plain.iter().filter(|it| !names.contains(it)).cloned().collect()
        };
        set(self.plain_names, self.plain_names.with_untracked(left));
    }

    /// Names that are plain text, though they look like variables.
    pub(crate) fn plain_names(self) -> BTreeSet<String> {
        self.plain_names.get()
    }

    /// The value of a variable.
    pub(crate) fn value(self, name: &str) -> String {
        self.values.with(|values| values.get(name).cloned().unwrap_or_default())
    }

    /// Follows everything typed that adds or removes controls.
    pub(crate) fn track_controls(self) {
        self.rewordings.track();
        self.correction.track();
        self.comment.track();
        self.feedback.track();
        self.plain_names.track();
        self.guideline.track();
    }

    /// What the Feedback box holds.
    pub(crate) fn feedback(self) -> RwSignal<String> {
        self.feedback
    }

    /// The comment on a selection that is being typed.
    pub(crate) fn comment(self) -> RwSignal<Option<Feedback>> {
        self.comment
    }

    /// The output as it is being corrected.
    pub(crate) fn correction(self) -> RwSignal<Option<Correction>> {
        self.correction
    }

    /// What the New guideline box holds.
    pub(crate) fn guideline(self) -> RwSignal<String> {
        self.guideline
    }

    /// Guidelines and pieces of feedback that are being given other words.
    pub(crate) fn rewordings(self) -> RwSignal<Vec<Rewording>> {
        self.rewordings
    }

    /// The version the typing started from.
    pub(crate) fn base(self) -> Option<VersionNumber> {
        self.base.get_untracked()
    }

    pub(super) fn set_base(self, base: Option<VersionNumber>) {
        self.base.set(base);
    }

    /// The template as typed.
    pub(crate) fn prompt(self) -> Prompt {
        Prompt {
            system_instructions: self.system_instructions.get(),
            text: self.text.get(),
            plain_names: self.plain_names.get(),
        }
    }

    /// Everything typed.
    pub(crate) fn typed(self) -> Typed {
        Typed {
            text: PromptText { prompt: self.prompt(), base: self.base.get() },
            boxes: Boxes {
                values: self.values.get(),
                feedback: self.feedback.get(),
                comment: self.comment.get(),
                correction: self.correction.get(),
                guideline: self.guideline.get(),
                rewordings: self.rewordings.get(),
            },
        }
    }

    /// The names of the variables, and of those marked as plain text that are still there.
    pub(crate) fn variables(self) -> (Vec<String>, Vec<String>) {
        let prompt = self.prompt();
        let none = BTreeSet::new();
        let mut plain = Vec::new();
        for text in [&prompt.system_instructions, &prompt.text] {
            for name in template::Template::parse(text, &none).variables() {
                let name = name.to_owned();
                if prompt.plain_names.contains(&name) && !plain.contains(&name) {
                    plain.push(name);
                }
            }
        }
        (prompt.variables(), plain)
    }

    /// The variables without a value.
    pub(crate) fn without_value(self) -> Vec<String> {
        let names = self.prompt().variables();
        self.values.with(|values| {
            let is_empty = |name: &String| values.get(name).is_none_or(String::is_empty);
            names.into_iter().filter(is_empty).collect()
        })
    }

    /// The values of the variables there are; a variable without one has the empty value.
    pub(crate) fn values_in_use(self) -> Values {
        let mut all = self.values.get();
        let names = self.prompt().variables();
        names
            .into_iter()
            .map(|name| (name.clone(), all.remove(&name).unwrap_or_default()))
            .collect()
    }

    /// Sets the value of a variable.
    pub(crate) fn set_value(self, name: &str, value: String) {
        self.values.update(|values| {
            values.insert(name.to_owned(), value);
        });
    }

    /// Marks a name as plain text, or as a variable again.
    pub(crate) fn set_plain(self, name: &str, plain: bool) {
        self.plain_names.update(|names| {
            if plain {
                names.insert(name.to_owned());
            } else {
                names.remove(name);
            }
        });
    }
}

/// Writes only what differs, so that an unchanged field keeps its caret and its views.
fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
