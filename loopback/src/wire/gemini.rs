//! Gemini's generate content, also at the paths of Vertex AI.

use serde_json::{Value, json};

use super::{Asked, Frames, PAGE, data, sentence, text_of};
use crate::behaviour::{Finish, ScriptedAnswer, Usage};
use crate::received::Received;

/// Reads `…/models/{model}:streamGenerateContent`; `None` if the path is another.
pub(super) fn asked(request: &Received) -> Option<Asked> {
    let (_, model) = request.path.rsplit_once("/models/")?;
    let (model, method) = model.split_once(':')?;
    if !matches!(method, "streamGenerateContent" | "generateContent") {
        return None;
    }
    let last = request.body["contents"].as_array().and_then(|contents| contents.last());
    Some(Asked {
        model: model.to_owned(),
        message: last.map(|content| text_of(&content["parts"])).unwrap_or_default(),
        streams: method == "streamGenerateContent" && request.parameter("alt") == Some("sse"),
        body: request.body.clone(),
    })
}

pub(super) fn frames(answer: &ScriptedAnswer) -> Frames {
    if answer.finish == Finish::PromptBlocked {
        return Frames { after: data(&document(answer)), ..Frames::default() };
    }
    let part = |part: Value| {
        data(&json!({
            "candidates": [{"content": {"parts": [part], "role": "model"}, "index": 0}],
            "modelVersion": "loopback",
        }))
    };
    let thoughts = answer.thoughts.iter().map(|text| part(json!({"text": text, "thought": true})));
    let texts = answer.tokens.iter().map(|text| part(json!({"text": text})));
    let last = ScriptedAnswer { tokens: Vec::new(), ..answer.clone() };
    Frames {
        before: String::new(),
        tokens: thoughts.chain(texts).collect(),
        after: data(&document(&last)),
    }
}

pub(super) fn document(answer: &ScriptedAnswer) -> Value {
    let ratings = json!([
        {"category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"},
        {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH", "blocked": true},
    ]);
    let mut document = match answer.finish {
        Finish::PromptBlocked => {
            json!({"promptFeedback": {"blockReason": "SAFETY", "safetyRatings": ratings}})
        }
        Finish::Blocked => json!({
            "candidates": [{"finishReason": "SAFETY", "index": 0, "safetyRatings": ratings}],
        }),
        Finish::Stop | Finish::Length => json!({
            "candidates": [{
                "content": {"parts": [{"text": answer.whole()}], "role": "model"},
                "finishReason": if answer.finish == Finish::Stop { "STOP" } else { "MAX_TOKENS" },
                "index": 0,
            }],
        }),
    };
    if let Some(usage) = answer.usage {
        document["usageMetadata"] = counted(usage);
    }
    document
}

fn counted(usage: Usage) -> Value {
    json!({
        "promptTokenCount": usage.input,
        "candidatesTokenCount": usage.output,
        "thoughtsTokenCount": usage.thoughts,
        "totalTokenCount": usage.input + usage.output + usage.thoughts,
    })
}

pub(super) fn error(code: u16, retry_after: Option<u64>) -> Value {
    // A wrong key is a bad request there.
    let (code, status, details) = match code {
        401 => {
            let info = "type.googleapis.com/google.rpc.ErrorInfo";
            let details = json!([{"@type": info, "reason": "API_KEY_INVALID"}]);
            (400, "INVALID_ARGUMENT", details)
        }
        403 => (403, "PERMISSION_DENIED", json!([])),
        404 => (404, "NOT_FOUND", json!([])),
        429 => {
            let info = "type.googleapis.com/google.rpc.RetryInfo";
            let delay = |it| json!({"@type": info, "retryDelay": format!("{it}s")});
            (429, "RESOURCE_EXHAUSTED", retry_after.map(delay).into_iter().collect())
        }
        503 => (503, "UNAVAILABLE", json!([])),
        500.. => (code, "INTERNAL", json!([])),
        _ => (code, "INVALID_ARGUMENT", json!([])),
    };
    let message = sentence(if details[0]["reason"].is_null() { code } else { 401 });
    json!({"error": {"code": code, "message": message, "status": status, "details": details}})
}

pub(super) fn listing(request: &Received, names: &[String]) -> Value {
    let start = request.parameter("pageToken").and_then(|it| it.parse().ok()).unwrap_or(0);
    let rest = names.get(start..).unwrap_or_default();
    let model = |name: &String| {
        json!({
            "name": format!("models/{name}"),
            "displayName": format!("Loopback {name}"),
            "supportedGenerationMethods": ["generateContent", "countTokens"],
        })
    };
    let mut models: Vec<_> = rest.iter().take(PAGE).map(model).collect();
    if start == 0 {
        models.push(json!({
            "name": "models/embedder", "displayName": "Embedder",
            "supportedGenerationMethods": ["embedContent"],
        }));
    }
    let mut page = json!({"models": models});
    if rest.len() > PAGE {
        page["nextPageToken"] = json!((start + PAGE).to_string());
    }
    page
}
