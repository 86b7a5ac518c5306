//! OpenAI's chat completions.

use serde_json::{Value, json};

use super::{Asked, Frames, data, sentence, string, text_of};
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

pub(super) fn frames(answer: &ScriptedAnswer) -> Frames {
    let delta =
        |delta: Value| data(&chunk(&json!([{"index": 0, "delta": delta, "finish_reason": null}])));
    if answer.finish == Finish::PromptBlocked {
        return Frames { after: end("content_filter", answer.usage), ..Frames::default() };
    }
    let thoughts = answer.thoughts.iter().map(|text| delta(json!({"reasoning_content": text})));
    let texts = answer.tokens.iter().map(|text| delta(json!({"content": text})));
    Frames {
        before: delta(json!({"role": "assistant", "content": ""})),
        tokens: thoughts.chain(texts).collect(),
        after: end(finish_reason(answer.finish), answer.usage),
    }
}

fn end(finish_reason: &str, usage: Option<Usage>) -> String {
    let last = json!([{"index": 0, "delta": {}, "finish_reason": finish_reason}]);
    let mut end = data(&chunk(&last));
    if let Some(usage) = usage {
        let mut counts = chunk(&json!([]));
        counts["usage"] = counted(usage);
        end += &data(&counts);
    }
    end + "data: [DONE]\n\n"
}

fn chunk(choices: &Value) -> Value {
    json!({
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "loopback",
        "choices": choices, "usage": null,
    })
}

pub(super) fn document(answer: &ScriptedAnswer) -> Value {
    json!({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "loopback",
        "choices": [{
            "index": 0,
            "message": {"role": "assistant", "content": answer.whole()},
            "finish_reason": finish_reason(answer.finish),
        }],
        "usage": answer.usage.map(counted),
    })
}

fn finish_reason(finish: Finish) -> &'static str {
    match finish {
        Finish::Stop => "stop",
        Finish::Length => "length",
        Finish::Blocked | Finish::PromptBlocked => "content_filter",
    }
}

fn counted(usage: Usage) -> Value {
    let output = usage.output + usage.thoughts;
    json!({
        "prompt_tokens": usage.input,
        "completion_tokens": output,
        "total_tokens": usage.input + output,
        "completion_tokens_details": {"reasoning_tokens": usage.thoughts},
    })
}

pub(super) fn error(code: u16) -> Value {
    let (kind, name) = match code {
        401 => ("invalid_request_error", json!("invalid_api_key")),
        404 => ("invalid_request_error", json!("model_not_found")),
        402 => ("insufficient_quota", json!("insufficient_quota")),
        429 => ("requests", json!("rate_limit_exceeded")),
        500.. => ("server_error", Value::Null),
        _ => ("invalid_request_error", Value::Null),
    };
    json!({"error": {"message": sentence(code), "type": kind, "param": null, "code": name}})
}

pub(super) fn listing(names: &[String]) -> Value {
    let model = |name: &String| json!({"id": name, "object": "model", "created": 1, "owned_by": "loopback"});
    json!({"object": "list", "data": names.iter().map(model).collect::<Vec<_>>()})
}
