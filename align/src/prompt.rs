//! Prompts: a template of system instructions and text, and what it renders to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{Conversation, Message};
use crate::template::Template;

/// Values by the name of their variable.
pub type Values = BTreeMap<String, String>;

/// A prompt template: system instructions and a prompt text, both may hold `{variables}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prompt {
    /// System instructions; empty for none.
    pub system_instructions: String,
    /// The prompt text.
    pub text: String,
    /// Names that look like variables and that a person marked as plain text.
    pub plain_names: BTreeSet<String>,
}

/// A prompt whose variables were replaced by values, ready for a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// System instructions; empty for none.
    pub system_instructions: String,
    /// The text of the message.
    pub text: String,
}

impl Rendered {
    /// What a run of it sends.
    pub fn into_conversation(self) -> Conversation {
        let Self { system_instructions, text } = self;
        Conversation { system_instructions, messages: vec![Message::user(text)] }
    }
}

/// Variables that have no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no value for {}", names.join(", "))]
pub struct MissingValues {
    /// Their names, in order of first appearance.
    pub names: Vec<String>,
}

/// Names that look like variables.
struct Looks {
    all: BTreeSet<String>,
    /// Those that stand in code only.
    only_in_code: BTreeSet<String>,
}

impl Prompt {
    /// A prompt of `text` alone.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The names of its variables, each once, in order of first appearance (system instructions
    /// first), without those marked as plain.
    pub fn variables(&self) -> Vec<String> {
        let mut names = Vec::new();
        for template in self.templates() {
            for name in template.variables() {
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
        }
        names
    }

    /// Puts `values` in place of the variables, each as it is and never scanned again.
    /// A value may be empty; it must be there.
    pub fn render(&self, values: &Values) -> Result<Rendered, MissingValues> {
        let names: Vec<_> =
            self.variables().into_iter().filter(|name| !values.contains_key(name)).collect();
        if !names.is_empty() {
            return Err(MissingValues { names });
        }
        let [system_instructions, text] = self.templates().map(|template| template.render(values));
        Ok(Rendered { system_instructions, text })
    }

    /// The prompt after a person typed or pasted, so that its texts are these. A name that is new in it and
    /// stands in code only is plain text at first; one that left it so is forgotten.
    #[must_use]
    pub fn retyped(&self, system_instructions: String, text: String) -> Self {
        let mut new = Self { system_instructions, text, plain_names: BTreeSet::new() };
        let (before, after) = (self.looks(), new.looks());
        let gone: BTreeSet<_> = before.only_in_code.difference(&after.all).cloned().collect();
        let come: BTreeSet<_> = after.only_in_code.difference(&before.all).cloned().collect();
        new.plain_names = self.plain_names.difference(&gone).chain(&come).cloned().collect();
        new
    }

    /// The names that look like variables.
    fn looks(&self) -> Looks {
        let texts = [&self.system_instructions, &self.text];
        let (mut all, mut outside) = (BTreeSet::new(), BTreeSet::new());
        for text in texts {
            let template = Template::parse(text, &BTreeSet::new());
            let in_code = template.only_in_code(text);
            for name in template.variables() {
                all.insert(name.to_owned());
                if !in_code.contains(&name) {
                    outside.insert(name.to_owned());
                }
            }
        }
        Looks { only_in_code: all.difference(&outside).cloned().collect(), all }
    }

    /// Whether it holds no text at all.
    pub fn is_blank(&self) -> bool {
        self.system_instructions.trim().is_empty() && self.text.trim().is_empty()
    }

    fn templates(&self) -> [Template<'_>; 2] {
        [&self.system_instructions, &self.text].map(|text| Template::parse(text, &self.plain_names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types one text after the other, and gives the names that are plain then.
    fn plain(texts: &[&str]) -> String {
        let typed = texts.iter().fold(Prompt::default(), |prompt, text| {
            prompt.retyped(String::new(), (*text).to_owned())
        });
        typed.plain_names.into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_that_come_with_code_are_plain_at_first() {
        assert_eq!(plain(&["Fix {item}:\n```\nreturn {x}\n```"]), "x");
        assert_eq!(plain(&[r"\frac{a}{b} of {c}"]), "a b");
        assert_eq!(plain(&["```\n{i}", "```\n{it}", "```\n{item}"]), "item");
    }

    #[test]
    fn a_name_that_was_there_stays_what_it_was() {
        assert_eq!(plain(&["{x}", "```\n{x}\n```"]), "");
        assert_eq!(plain(&["```\n{x}\n```", "```\n{x}\n``` {x}"]), "x");
        let made = Prompt { plain_names: BTreeSet::new(), ..Prompt::new("```\n{x}") };
        assert!(made.retyped(String::new(), "```\n{x} {x}".to_owned()).plain_names.is_empty());
        let marked = Prompt { plain_names: BTreeSet::from(["n".to_owned()]), ..Prompt::new("{n}") };
        assert_eq!(marked.retyped(String::new(), "gone".to_owned()).plain_names.len(), 1);
    }
}
