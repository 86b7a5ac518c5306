//! What is asked of the alignment model.

use super::mark::Mark;
use super::outcome::Problem;
use super::tags;
use crate::feedback::{Feedback, Span};
use crate::model::{Conversation, Message};
use crate::prompt::{Prompt, Values};

/// The instructions, with `MARK` where the mark goes.
const INSTRUCTIONS: &str = include_str!("instructions.md");

/// The most of a failed reply that a second try sends back, in bytes: three times the longest prompt
/// we expect, so that a runaway reply does not fill the model's context.
const REPLY_LIMIT_BYTES: usize = 60_000;

/// Asks for a rewrite of a prompt.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The prompt to rewrite.
    pub prompt: &'a Prompt,
    /// The values of the run. Values of other variables are not sent.
    pub values: &'a Values,
    /// What the run produced; `None` if there was no run.
    pub output: Option<&'a str>,
    /// What people said, at least one piece.
    pub feedback: &'a [Feedback],
    /// The mark of this request.
    pub mark: &'a Mark,
}

impl Request<'_> {
    /// What to send to the alignment model. All text that people and models wrote stands between
    /// tags that it cannot close.
    pub fn conversation(&self) -> Conversation {
        let mark = self.safe_mark();
        Conversation {
            system_instructions: INSTRUCTIONS.replace("MARK", mark.as_str()),
            messages: vec![Message::user(self.message(&mark))],
        }
    }

    /// What to send after a `reply` that had a `problem`: the same, the reply, and the problem named.
    pub fn second_try(&self, reply: &str, problem: &Problem) -> Conversation {
        let mark = self.safe_mark();
        let mut conversation = self.conversation();
        // Providers refuse empty messages.
        let reply = if reply.trim().is_empty() { "(no reply)" } else { reply };
        let reply = &reply[..reply.floor_char_boundary(REPLY_LIMIT_BYTES)];
        let problems: Vec<_> =
            problem.sentences().iter().map(|sentence| format!("- {sentence}")).collect();
        // A finding may quote the reply, which knows the mark.
        let problems = problems.join("\n").replace(mark.as_str(), "");
        conversation.messages.push(Message::model(reply));
        conversation.messages.push(Message::user(format!(
            "That reply cannot be taken as it is:\n\n{}\nReply once more, completely and in the \
             format of your instructions. Keep what was right in your rewrite and correct these \
             problems.",
            tags::part(tags::PROBLEMS, "", &mark, &problems),
        )));
        conversation
    }

    /// The mark, made longer should any of the texts hold it.
    pub(super) fn safe_mark(&self) -> Mark {
        let mut texts = vec![&*self.prompt.system_instructions, &self.prompt.text];
        texts.extend(self.values.values().map(String::as_str));
        texts.extend(self.output);
        for feedback in self.feedback {
            texts.push(&feedback.text);
            if let Some(span) = &feedback.span {
                texts.extend([&*span.exact, &span.prefix, &span.suffix]);
            }
        }
        self.mark.absent_from(&texts)
    }

    fn message(&self, mark: &Mark) -> String {
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
        for feedback in self.feedback {
            add(tags::FEEDBACK, "", &self.feedback_content(feedback, mark));
        }
        parts.push("Rewrite the prompt so that it meets the feedback.\n".to_owned());
        parts.join("\n")
    }

    fn feedback_content(&self, feedback: &Feedback, mark: &Mark) -> String {
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

fn variable_list(names: &[String]) -> String {
    if names.is_empty() {
        return "(none)".to_owned();
    }
    names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ")
}
