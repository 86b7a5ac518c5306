//! What the demo model answers to a prompt.

use align::model::Conversation;

/// The answer to a conversation.
pub(super) fn answer(conversation: &Conversation) -> String {
    let text = conversation.messages.last().map(|message| message.text.trim()).unwrap_or_default();
    format!("Here is what you asked for.\n\n1. {text}\n\nLet me know if you'd like more!")
}
