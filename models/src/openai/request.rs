//! What is sent to an OpenAI-compatible server.

use align::model::{Conversation, Message, Role};
use serde::Serialize;

use super::Dialect;
use crate::call::{Call, stop_sequences};

/// The body of a request.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    model: &'a str,
    messages: Vec<WireMessage<'a>>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<f64>,
    /// OpenAI's own name since its models think.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    /// The name that everyone else kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stop: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<i64>,
}

#[derive(Serialize)]
struct WireMessage<'a> {
    role: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

/// The body that asks for `call`.
pub(super) fn body(call: &Call, dialect: Dialect) -> Body<'_> {
    let settings = &call.settings;
    let limit = settings.max_output_tokens;
    let has_new_name = (dialect == Dialect::OpenAi) != call.form.other_limit_name;
    let stream_options = StreamOptions { include_usage: true };
    Body {
        model: &call.model,
        messages: messages(&call.conversation),
        stream: true,
        stream_options: (!call.form.no_stream_options).then_some(stream_options),
        temperature: settings.temperature,
        top_p: settings.top_p,
        max_completion_tokens: limit.filter(|_| has_new_name),
        max_tokens: limit.filter(|_| !has_new_name),
        stop: stop_sequences(settings),
        seed: settings.seed,
    }
}

fn messages(conversation: &Conversation) -> Vec<WireMessage<'_>> {
    let system = &conversation.system_instructions;
    let system =
        (!system.trim().is_empty()).then_some(WireMessage { role: "system", content: system });
    system.into_iter().chain(conversation.messages.iter().map(message)).collect()
}

fn message(message: &Message) -> WireMessage<'_> {
    let role = match message.role {
        Role::User => "user",
        Role::Model => "assistant",
    };
    WireMessage { role, content: &message.text }
}
