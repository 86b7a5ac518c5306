//! The parts of a request that show what people worked on: prompt, values, output, feedback.

use super::mark::Mark;
use super::tags;
use crate::feedback::{Feedback, Span};
use crate::prompt::{Prompt, Values};

/// A prompt and what one run made of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Material<'a> {
    pub(crate) prompt: &'a Prompt,
    /// The values of the run. Those of other variables are not shown.
    pub(crate) values: &'a Values,
    /// What the run produced; `None` if there was no run.
    pub(crate) output: Option<&'a str>,
}

impl<'a> Material<'a> {
    /// Every text of it, for a mark that none of them holds.
    pub(crate) fn texts(&self) -> Vec<&'a str> {
        let mut texts = vec![&*self.prompt.system_instructions, &self.prompt.text];
        texts.extend(self.values.values().map(String::as_str));
        texts.extend(self.output);
        texts
    }

    /// Its parts, in order.
    pub(crate) fn parts(&self, mark: &Mark) -> Vec<String> {
        let mut parts = Vec::new();
        let mut add = |name, attribute: &str, content: &str| {
            parts.push(tags::part(name, attribute, mark, content));
        };
        if !self.prompt.system_instructions.is_empty() {
            add(tags::SYSTEM_INSTRUCTIONS, "", &self.prompt.system_instructions);
        }
        add(tags::PROMPT, "", &self.prompt.text);
        let variables = self.prompt.variables();
        add(tags::VARIABLES, "", &variable_list(&variables));
        for name in &variables {
            if let Some(value) = self.values.get(name) {
                add(tags::VALUE, &format!(" name=\"{name}\""), value);
            }
        }
        if let Some(output) = self.output {
            add(tags::OUTPUT, "", output);
        }
        parts
    }

    /// A piece of feedback: the passage it quotes, then its words.
    pub(crate) fn feedback(&self, feedback: &Feedback, mark: &Mark) -> String {
        let Some(span) = &feedback.span else { return feedback.text.clone() };
        let mut content = tags::part(tags::QUOTE, "", mark, &span.exact);
        if self.is_ambiguous(span) {
            content.push_str(&tags::part(tags::QUOTE_BEFORE, "", mark, &span.prefix));
            content.push_str(&tags::part(tags::QUOTE_AFTER, "", mark, &span.suffix));
        }
        content + &feedback.text
    }

    /// Whether the quoted words alone do not say where they stand.
    fn is_ambiguous(&self, span: &Span) -> bool {
        self.output.is_some_and(|output| output.matches(&span.exact).nth(1).is_some())
    }
}

/// Every text of a piece of feedback.
pub(crate) fn texts_of(feedback: &Feedback) -> Vec<&str> {
    let mut texts = vec![&*feedback.text];
    if let Some(span) = &feedback.span {
        texts.extend([&*span.exact, &span.prefix, &span.suffix]);
    }
    texts
}

fn variable_list(names: &[String]) -> String {
    if names.is_empty() {
        return "(none)".to_owned();
    }
    names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ")
}
