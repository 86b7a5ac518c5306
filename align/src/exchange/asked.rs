//! The inverse of [`asking`](super::asking) and [`material`](super::material): a request as a model
//! finds it in a conversation.

use super::mark::Mark;
use super::offered;
use super::tags::{self, Part, find_part};
use crate::feedback::{Feedback, Span};
use crate::model::{Conversation, Message, Role};
use crate::prompt::Values;

/// A prompt and what one run made of it, as a model reads it in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMaterial {
    /// System instructions of the prompt; empty for none.
    pub system_instructions: String,
    /// Text of the prompt, with its placeholders.
    pub text: String,
    /// Names of its variables.
    pub variables: Vec<String>,
    /// The values of the run.
    pub values: Values,
    /// What the run produced.
    pub output: Option<String>,
}

/// A message that is a request.
pub(crate) struct Asked<'a> {
    message: &'a str,
    pub(crate) mark: Mark,
    /// Whether an earlier reply was sent back.
    pub(crate) is_second_try: bool,
}

impl<'a> Asked<'a> {
    /// The last request of a conversation; `None` if there is none.
    pub(crate) fn find(conversation: &'a Conversation) -> Option<Self> {
        let messages = &conversation.messages;
        messages.iter().enumerate().rev().find_map(|(place, message)| {
            let mark = mark_of_request(message)?;
            Some(Self { message: &message.text, mark, is_second_try: place + 1 < messages.len() })
        })
    }

    /// What stands in the first part called `name`.
    pub(crate) fn part(&self, name: &str) -> Option<&'a str> {
        find_part(self.message, name, &self.mark).map(|part| part.content)
    }

    /// All parts called `name`.
    pub(crate) fn parts(&self, name: &str) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        let mut rest = self.message;
        while let Some(part) = find_part(rest, name, &self.mark) {
            rest = part.rest;
            parts.push(part);
        }
        parts
    }

    /// What stands behind the last part: ours, nobody else's words.
    pub(crate) fn task(&self) -> &'a str {
        let end = self.message.rfind(&format!("-{}>", self.mark));
        end.map_or("", |end| self.message[end..].split_once('>').map_or("", |(_, task)| task))
            .trim()
    }

    /// The prompt and its run.
    pub(crate) fn material(&self) -> Option<ReadMaterial> {
        let owned = |name| self.part(name).map(str::to_owned);
        let values = self.parts(tags::VALUE).into_iter().filter_map(|part| {
            let name = part.attribute.trim().strip_prefix("name=\"")?.strip_suffix('"')?;
            Some((name.to_owned(), part.content.to_owned()))
        });
        Some(ReadMaterial {
            system_instructions: owned(tags::SYSTEM_INSTRUCTIONS).unwrap_or_default(),
            text: owned(tags::PROMPT)?,
            variables: variables(self.part(tags::VARIABLES)?),
            values: values.collect(),
            output: owned(tags::OUTPUT),
        })
    }

    /// The texts of the guidelines, in the order of their labels.
    pub(crate) fn guidelines(&self) -> Vec<String> {
        self.part(tags::GUIDELINES).map(offered::texts).unwrap_or_default()
    }

    /// A piece of feedback: the passage it quotes, then its words.
    pub(crate) fn feedback(&self, content: &str) -> Feedback {
        let mark = &self.mark;
        let Some(quote) = find_part(content, tags::QUOTE, mark) else {
            return Feedback::whole(content);
        };
        let before = find_part(quote.rest, tags::QUOTE_BEFORE, mark);
        let after = find_part(quote.rest, tags::QUOTE_AFTER, mark);
        let text = after.as_ref().map_or(quote.rest, |part| part.rest);
        let context =
            |part: Option<&Part<'_>>| part.map(|part| part.content.to_owned()).unwrap_or_default();
        let span = Span {
            exact: quote.content.to_owned(),
            prefix: context(before.as_ref()),
            suffix: context(after.as_ref()),
        };
        Feedback { text: text.strip_prefix('\n').unwrap_or(text).to_owned(), span: Some(span) }
    }
}

/// The mark of the first tag, if the message is a request.
fn mark_of_request(message: &Message) -> Option<Mark> {
    if message.role != Role::User {
        return None;
    }
    let (name, rest) = message.text.strip_prefix('<')?.split_once('-')?;
    let (mark, _) = rest.split_once('>')?;
    (name == tags::SYSTEM_INSTRUCTIONS || name == tags::PROMPT).then(|| Mark::read(mark))?
}

fn variables(list: &str) -> Vec<String> {
    let names = list.split(", ").filter_map(|name| name.strip_prefix('{')?.strip_suffix('}'));
    names.map(str::to_owned).collect()
}
