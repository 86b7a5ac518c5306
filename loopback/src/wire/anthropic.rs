//! Anthropic's messages.

use serde_json::{Value, json};

use super::{Asked, Frames, PAGE, sentence, string, text_of};
use crate::behaviour::{Finish, ScriptedAnswer, Usage};
use crate::received::Received;

pub(super) fn asked(request: &Received) -> Asked {
    let body = &request.body;
    let last = body["messages"].as_array().and_then(|messages| messages.last());
    Asked {
        model: string(&body["model"]),
        message: last.map(|message| text_of(&message["content"])).unwrap_or_default(),
        streams: body["stream"] == true,
        body: body.clone(),
    }
}

/// An event named by the type of its data.
pub(super) fn event(value: &Value) -> String {
    format!("event: {}\ndata: {value}\n\n", value["type"].as_str().unwrap_or_default())
}

pub(super) fn frames(answer: &ScriptedAnswer) -> Frames {
    let mut message = document(&ScriptedAnswer { tokens: Vec::new(), ..answer.clone() });
    message["content"] = json!([]);
    message["stop_reason"] = Value::Null;
    if let Some(usage) = answer.usage {
        message["usage"] = json!({"input_tokens": usage.input, "output_tokens": 1});
    }
    let start = event(&json!({"type": "message_start", "message": message}));
    let (thoughts, texts) = (thinking(&answer.thoughts), texts(answer));
    Frames {
        before: start + &event(&json!({"type": "ping"})),
        tokens: thoughts.into_iter().chain(texts).collect(),
        after: end(answer),
    }
}

/// The block of thoughts, opened and closed with its first and last token.
fn thinking(thoughts: &[String]) -> Vec<String> {
    let empty = json!({"type": "thinking", "thinking": "", "signature": ""});
    let deltas = thoughts.iter().map(|text| json!({"type": "thinking_delta", "thinking": text}));
    let mut frames = block(0, &empty, deltas);
    if let Some(last) = frames.last_mut() {
        *last += &event(&json!({"type": "content_block_stop", "index": 0}));
    }
    frames
}

/// The block of text; it stays open.
fn texts(answer: &ScriptedAnswer) -> Vec<String> {
    if answer.finish == Finish::PromptBlocked {
        return Vec::new();
    }
    let deltas = answer.tokens.iter().map(|text| json!({"type": "text_delta", "text": text}));
    block(text_index(answer), &json!({"type": "text", "text": ""}), deltas)
}

fn text_index(answer: &ScriptedAnswer) -> usize {
    usize::from(!answer.thoughts.is_empty())
}

fn block(index: usize, empty: &Value, deltas: impl Iterator<Item = Value>) -> Vec<String> {
    let delta =
        |delta| event(&json!({"type": "content_block_delta", "index": index, "delta": delta}));
    let mut frames: Vec<_> = deltas.map(delta).collect();
    if let Some(first) = frames.first_mut() {
        let start = json!({"type": "content_block_start", "index": index, "content_block": empty});
        first.insert_str(0, &event(&start));
    }
    frames
}

fn end(answer: &ScriptedAnswer) -> String {
    let mut last = json!({
        "type": "message_delta",
        "delta": {"stop_reason": stop_reason(answer.finish), "stop_sequence": null},
    });
    if let Some(usage) = answer.usage {
        last["usage"] = json!({"output_tokens": usage.output});
    }
    let has_text = !answer.tokens.is_empty() && answer.finish != Finish::PromptBlocked;
    let stop = json!({"type": "content_block_stop", "index": text_index(answer)});
    let stop = if has_text { event(&stop) } else { String::new() };
    stop + &event(&last) + &event(&json!({"type": "message_stop"}))
}

pub(super) fn document(answer: &ScriptedAnswer) -> Value {
    json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": "loopback",
        "content": [{"type": "text", "text": answer.whole()}],
        "stop_reason": stop_reason(answer.finish), "stop_sequence": null,
        "usage": answer.usage.map(counted),
    })
}

fn stop_reason(finish: Finish) -> &'static str {
    match finish {
        Finish::Stop => "end_turn",
        Finish::Length => "max_tokens",
        Finish::Blocked | Finish::PromptBlocked => "refusal",
    }
}

fn counted(usage: Usage) -> Value {
    json!({"input_tokens": usage.input, "output_tokens": usage.output})
}

pub(super) fn error(code: u16) -> Value {
    let kind = match code {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        503 | 529 => "overloaded_error",
        500.. => "api_error",
        _ => "invalid_request_error",
    };
    json!({"type": "error", "error": {"type": kind, "message": sentence(code)}})
}

pub(super) fn listing(request: &Received, names: &[String]) -> Value {
    let after = request.parameter("after_id");
    let start =
        after.and_then(|id| names.iter().position(|name| name == id)).map_or(0, |it| it + 1);
    let rest = &names[start..];
    let page: Vec<_> = rest.iter().take(PAGE).collect();
    let model = |name: &&String| json!({"type": "model", "id": name, "display_name": format!("Loopback {name}")});
    json!({
        "data": page.iter().map(model).collect::<Vec<_>>(),
        "first_id": page.first(),
        "last_id": page.last(),
        "has_more": rest.len() > PAGE,
    })
}
