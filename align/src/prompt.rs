//! Prompts: a template of system instructions and text, and what it renders to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

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

/// Variables that have no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no value for {}", names.join(", "))]
pub struct MissingValues {
    /// Their names, in order of first appearance.
    pub names: Vec<String>,
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

    /// Whether it holds no text at all.
    pub fn is_blank(&self) -> bool {
        self.system_instructions.trim().is_empty() && self.text.trim().is_empty()
    }

    fn templates(&self) -> [Template<'_>; 2] {
        [&self.system_instructions, &self.text].map(|text| Template::parse(text, &self.plain_names))
    }
}
