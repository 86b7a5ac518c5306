//! What is sent to an alignment model, whatever it is asked.

use super::mark::Mark;
use super::tags;
use crate::model::{Conversation, Message};

/// The most of a failed reply that a second try sends back, in bytes: three times the longest prompt
/// we expect, so that a runaway reply does not fill the model's context.
const REPLY_LIMIT_BYTES: usize = 60_000;

/// The first try: `instructions` with the mark in the place of `MARK`, and the parts of the request.
pub(crate) fn first(instructions: &str, mark: &Mark, parts: &[String]) -> Conversation {
    Conversation {
        system_instructions: instructions.replace("MARK", mark.as_str()),
        messages: vec![Message::user(parts.join("\n"))],
    }
}

/// What to send after a `reply` with problems: the same, the reply, the problems named, and the words
/// `then` on what to do about them.
pub(crate) fn again(
    mut conversation: Conversation,
    reply: &str,
    problems: &[String],
    mark: &Mark,
    then: &str,
) -> Conversation {
    // Providers refuse empty messages.
    let reply = if reply.trim().is_empty() { "(no reply)" } else { reply };
    let reply = &reply[..reply.floor_char_boundary(REPLY_LIMIT_BYTES)];
    let problems: Vec<_> = problems.iter().map(|sentence| format!("- {sentence}")).collect();
    // A finding may quote the reply, which knows the mark.
    let problems = problems.join("\n").replace(mark.as_str(), "");
    conversation.messages.push(Message::model(reply));
    conversation.messages.push(Message::user(format!(
        "That reply cannot be taken as it is:\n\n{}\n{then}",
        tags::part(tags::PROBLEMS, "", mark, &problems),
    )));
    conversation
}
