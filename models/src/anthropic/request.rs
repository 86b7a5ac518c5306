//! What is sent to Anthropic.

use align::model::{Message, Role};
use serde::Serialize;

use crate::call::{Call, stop_sequences};

/// The limit of output tokens where none is set; the API requires one, and every model takes this.
const DEFAULT_MAX_TOKENS: u32 = 4096;

/// The body of a request.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    model: &'a str,
    max_tokens: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    system: &'a str,
    messages: Vec<WireMessage<'a>>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stop_sequences: Vec<&'a str>,
}

#[derive(Serialize)]
struct WireMessage<'a> {
    role: &'static str,
    content: &'a str,
}

/// The body that asks for `call`. Seeds are not supported there.
pub(super) fn body(call: &Call) -> Body<'_> {
    let settings = &call.settings;
    let system = call.conversation.system_instructions.as_str();
    Body {
        model: &call.model,
        max_tokens: settings.max_output_tokens.unwrap_or(DEFAULT_MAX_TOKENS),
        system: if system.trim().is_empty() { "" } else { system },
        messages: call.conversation.messages.iter().map(message).collect(),
        stream: true,
        temperature: settings.temperature,
        top_p: settings.top_p,
        stop_sequences: stop_sequences(settings),
    }
}

fn message(message: &Message) -> WireMessage<'_> {
    let role = match message.role {
        Role::User => "user",
        Role::Model => "assistant",
    };
    WireMessage { role, content: &message.text }
}
