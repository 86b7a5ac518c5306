//! The inverse of [`Request::conversation`](super::Request::conversation), for the demo model.

use super::request;
use crate::exchange::label::Kind;
use crate::exchange::mark::Mark;
use crate::exchange::offered;
use crate::exchange::tags::{self, find_part};
use crate::feedback::{Feedback, Span};
use crate::model::{Conversation, Message, Role};
use crate::prompt::Values;

/// A request as a model finds it in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRequest {
    /// System instructions of the prompt to rewrite; empty for none.
    pub system_instructions: String,
    /// Text of the prompt to rewrite, with its placeholders.
    pub text: String,
    /// Names of its variables.
    pub variables: Vec<String>,
    /// The values of the run.
    pub values: Values,
    /// What the run produced.
    pub output: Option<String>,
    /// What people said.
    pub feedback: Vec<Feedback>,
    /// What the prompt should follow.
    pub guidelines: Vec<String>,
    /// The wish for this one of several drafts.
    pub variant: Option<String>,
    /// Whether an earlier reply was sent back.
    pub is_second_try: bool,
    mark: Mark,
}

impl ReadRequest {
    /// A reply in the format the request asks for. Without `system_instructions` they stay. `followed`
    /// names the words that meet each piece of feedback and each guideline.
    pub fn reply(
        &self,
        rationale: &str,
        system_instructions: Option<&str>,
        text: &str,
        followed: &[(Followed, &str)],
    ) -> String {
        let part = |name, content| tags::part(name, "", &self.mark, content);
        let mut reply = part(tags::RATIONALE, rationale);
        if let Some(system_instructions) = system_instructions {
            reply += &part(tags::REVISED_SYSTEM_INSTRUCTIONS, system_instructions);
        }
        reply += &part(tags::REVISED_PROMPT, text);
        if !followed.is_empty() {
            let lines: Vec<_> =
                followed.iter().map(|(it, words)| format!("{}: {words}", it.label())).collect();
            reply += &part(tags::FOLLOWED, &lines.join("\n"));
        }
        reply
    }

    /// The reply that nothing needs to change.
    pub fn no_change(&self, reason: &str) -> String {
        tags::part(tags::NO_CHANGE, "", &self.mark, reason)
    }
}

/// A piece of feedback or a guideline, by its place from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// A piece of feedback.
    Feedback(usize),
    /// A guideline.
    Guideline(usize),
}

impl Followed {
    fn label(self) -> String {
        match self {
            Self::Feedback(place) => Kind::Feedback.label(place),
            Self::Guideline(place) => Kind::Guideline.label(place),
        }
    }
}

/// Finds the request in a conversation; `None` if the conversation is something else.
pub fn read_request(conversation: &Conversation) -> Option<ReadRequest> {
    let messages = &conversation.messages;
    let (place, mark) = messages
        .iter()
        .enumerate()
        .rev()
        .find_map(|(place, message)| Some((place, mark_of_request(message)?)))?;
    let message = &messages[place].text;
    let find = |name| find_part(message, name, &mark).map(|part| part.content.to_owned());
    Some(ReadRequest {
        system_instructions: find(tags::SYSTEM_INSTRUCTIONS).unwrap_or_default(),
        text: find(tags::PROMPT)?,
        variables: variables(&find(tags::VARIABLES)?),
        values: values(message, &mark),
        output: find(tags::OUTPUT),
        feedback: feedback(message, &mark),
        guidelines: find(tags::GUIDELINES).map(|list| offered::texts(&list)).unwrap_or_default(),
        variant: variant(message),
        is_second_try: place + 1 < messages.len(),
        mark,
    })
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

/// What stands after the task.
fn variant(message: &str) -> Option<String> {
    let last = message.trim_end().lines().last()?;
    (!last.starts_with(request::TASK)).then(|| last.to_owned())
}

fn variables(list: &str) -> Vec<String> {
    let names = list.split(", ").filter_map(|name| name.strip_prefix('{')?.strip_suffix('}'));
    names.map(str::to_owned).collect()
}

fn values(message: &str, mark: &Mark) -> Values {
    let mut values = Values::new();
    let mut rest = message;
    while let Some(part) = find_part(rest, tags::VALUE, mark) {
        let name =
            part.attribute.trim().strip_prefix("name=\"").and_then(|it| it.strip_suffix('"'));
        if let Some(name) = name {
            values.insert(name.to_owned(), part.content.to_owned());
        }
        rest = part.rest;
    }
    values
}

fn feedback(message: &str, mark: &Mark) -> Vec<Feedback> {
    let mut feedback = Vec::new();
    let mut rest = message;
    while let Some(part) = find_part(rest, tags::FEEDBACK, mark) {
        feedback.push(piece(part.content, mark));
        rest = part.rest;
    }
    feedback
}

fn piece(content: &str, mark: &Mark) -> Feedback {
    let Some(quote) = find_part(content, tags::QUOTE, mark) else {
        return Feedback::whole(content);
    };
    let before = find_part(quote.rest, tags::QUOTE_BEFORE, mark);
    let after = find_part(quote.rest, tags::QUOTE_AFTER, mark);
    let text = after.as_ref().map_or(quote.rest, |part| part.rest);
    let context = |part: Option<&tags::Part<'_>>| {
        part.map(|part| part.content.to_owned()).unwrap_or_default()
    };
    let span = Span {
        exact: quote.content.to_owned(),
        prefix: context(before.as_ref()),
        suffix: context(after.as_ref()),
    };
    Feedback { text: text.strip_prefix('\n').unwrap_or(text).to_owned(), span: Some(span) }
}
