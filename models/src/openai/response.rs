//! What an OpenAI-compatible server answers: one chunk per event, `[DONE]` at the end. A finish
//! reason is an end marker, too, because some servers leave `[DONE]` out. A whole message where a delta
//! was expected is read like one.

use align::model::Usage;
use serde_json::Value;

use crate::call::StreamEvent;
use crate::error::{BlockedPart, Cause};
use crate::http::json::{count, elements, text};
use crate::http::{Decoder, Finish};

/// Reads the values of one answer.
#[derive(Default)]
pub(crate) struct Reader {
    finish: Option<Finish>,
    usage: Option<Usage>,
    is_over: bool,
    has_begun: bool,
    said: Said,
}

/// What an answer held so far.
#[derive(Default)]
struct Said {
    text: String,
    has_refusal: bool,
    has_tool_call: bool,
}

impl Decoder for Reader {
    fn read(&mut self, chunk: &Value, pieces: &mut Vec<StreamEvent>) -> Result<(), Cause> {
        let Some(choice) = choice(chunk) else {
            self.count(chunk.get("usage"));
            return Ok(());
        };
        self.has_begun = true;
        self.count(chunk.get("usage").or_else(|| choice.get("usage")));
        let reason = text(choice, "finish_reason").or_else(|| text(choice, "done_reason"));
        let before = pieces.len();
        match filled(choice, "delta").or_else(|| filled(choice, "message")) {
            Some(said) => self.said.read(said, pieces),
            None => self.said.content(&choice["text"], pieces),
        }
        if choice.get("delta").is_none_or(Value::is_null) && reason.is_some() {
            self.said.without_repetition(pieces, before);
        }
        self.said.note(&pieces[before..]);
        reason.map_or(Ok(()), |reason| self.end(reason))
    }

    fn done(&mut self) {
        self.is_over = true;
        if self.has_begun {
            self.finish = self.finish.or(Some(Finish::Stop));
        }
    }

    fn finish(&self) -> Option<Finish> {
        let is_only_refusal = self.said.has_refusal && self.said.text.trim().is_empty();
        match self.finish? {
            Finish::Stop if is_only_refusal => Some(Finish::Refusal),
            Finish::Stop if self.said.has_tool_call => Some(Finish::ToolCall),
            finish => Some(finish),
        }
    }

    fn usage(&self) -> Option<Usage> {
        self.usage
    }

    fn is_over(&self) -> bool {
        self.is_over
    }
}

impl Reader {
    /// Reads a finish reason. Only OpenAI's own are the same everywhere: what nobody listed is an end in
    /// good order.
    fn end(&mut self, reason: &str) -> Result<(), Cause> {
        self.finish = Some(match reason.to_ascii_lowercase().as_str() {
            "null" | "none" => return Ok(()),
            "length" | "max_tokens" | "max_length" | "model_length" => Finish::Length,
            "tool_calls" | "function_call" | "tool_use" => Finish::ToolCall,
            "content_filter" | "safety" | "sensitive" | "prohibited_content" => {
                let reason = "its content filter".to_owned();
                return Err(Cause::Blocked { part: BlockedPart::Answer, reason });
            }
            "error" | "network_error" | "insufficient_system_resource" => {
                return Err(Cause::Provider { status: None, retry_after: None, said: None });
            }
            reason @ ("abort" | "aborted" | "cancelled" | "canceled") => {
                return Err(Cause::Ended { reason: reason.to_owned() });
            }
            _ => Finish::Stop,
        });
        Ok(())
    }

    /// Reads counted tokens; the last ones that say something hold.
    fn count(&mut self, usage: Option<&Value>) {
        let Some(usage) = usage else { return };
        let either = |one, other| count(usage.get(one)).or_else(|| count(usage.get(other)));
        let input = either("prompt_tokens", "input_tokens");
        let output = either("completion_tokens", "output_tokens");
        if input.or(output).is_none() {
            return;
        }
        let details = usage.get("completion_tokens_details");
        let thought_tokens = count(details.and_then(|it| it.get("reasoning_tokens"))).unwrap_or(0);
        self.usage = Some(Usage {
            input_tokens: input.unwrap_or_default(),
            output_tokens: output.unwrap_or_default().saturating_sub(thought_tokens),
            thought_tokens,
        });
    }
}

/// The first choice of a chunk, or the chunk itself where it holds a message without choices.
fn choice(chunk: &Value) -> Option<&Value> {
    let choices = chunk.get("choices").filter(|choices| !choices.is_null());
    match choices {
        Some(choices) => elements(choices).first(),
        None => chunk.get("message").is_some_and(Value::is_object).then_some(chunk),
    }
}

fn filled<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.get(key).filter(|it| !it.is_null())
}

impl Said {
    /// Reads a delta or a message.
    fn read(&mut self, said: &Value, pieces: &mut Vec<StreamEvent>) {
        if said.is_string() {
            return self.content(said, pieces);
        }
        // Some servers send the same thought under two names.
        let thought = ["reasoning_content", "reasoning", "thinking", "reasoning_details"]
            .into_iter()
            .map(|name| words(&said[name]))
            .find(|words| !words.is_empty());
        pieces.extend(thought.map(StreamEvent::Thought));
        self.content(&said["content"], pieces);
        let refusal = words(&said["refusal"]);
        if !refusal.is_empty() {
            self.has_refusal = true;
            pieces.push(StreamEvent::Text(refusal));
        }
        let calls = [&said["tool_calls"], &said["function_call"]];
        self.has_tool_call |=
            calls.iter().any(|calls| elements(calls).iter().any(Value::is_object));
    }

    /// Reads content: text, or parts of several kinds.
    fn content(&mut self, content: &Value, pieces: &mut Vec<StreamEvent>) {
        match content {
            Value::String(text) if !text.is_empty() => pieces.push(StreamEvent::Text(text.clone())),
            Value::Array(parts) => {
                for part in parts {
                    self.content(part, pieces);
                }
            }
            Value::Object(_) => self.part(content, pieces),
            _ => {}
        }
    }

    fn part(&mut self, part: &Value, pieces: &mut Vec<StreamEvent>) {
        let kind = text(part, "type").unwrap_or_default();
        if kind.contains("think") || kind.contains("reason") {
            let thought = words(part);
            pieces.extend((!thought.is_empty()).then_some(StreamEvent::Thought(thought)));
        } else if kind.contains("tool") || kind.contains("function") {
            self.has_tool_call = true;
        } else {
            self.has_refusal |= kind == "refusal";
            let text = words(part);
            pieces.extend((!text.is_empty()).then_some(StreamEvent::Text(text)));
        }
    }

    /// Takes from the whole message at the end what has come in deltas before it.
    fn without_repetition(&self, pieces: &mut Vec<StreamEvent>, start: usize) {
        let whole: String = pieces[start..].iter().filter_map(text_of).collect();
        let Some(rest) = whole.strip_prefix(&self.text).filter(|_| !self.text.is_empty()) else {
            return;
        };
        pieces.truncate(start);
        pieces.extend((!rest.is_empty()).then(|| StreamEvent::Text(rest.to_owned())));
    }

    fn note(&mut self, pieces: &[StreamEvent]) {
        if !self.has_refusal {
            self.text.extend(pieces.iter().filter_map(text_of));
        }
    }
}

fn text_of(piece: &StreamEvent) -> Option<&str> {
    match piece {
        StreamEvent::Text(text) => Some(text),
        _ => None,
    }
}

/// The words of a value, whether they stand there as text, in parts or in a field.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(words).collect(),
        Value::Object(fields) => {
            let names = ["text", "thinking", "content", "reasoning", "summary", "refusal", "value"];
            let found = names.iter().filter_map(|name| fields.get(*name)).map(words);
            found.into_iter().find(|words| !words.is_empty()).unwrap_or_default()
        }
        _ => String::new(),
    }
}
