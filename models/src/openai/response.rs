//! What an OpenAI-compatible server answers: one chunk per event, `[DONE]` at the end. A finish
//! reason is an end marker, too, because some servers leave `[DONE]` out.

use std::sync::Arc;

use align::model::{FinishReason, Usage};
use serde::Deserialize;
use serde_json::Value;

use crate::call::StreamEvent;
use crate::error::{BlockedPart, Cause};
use crate::http::{Decoder, Peer, cause_of_event};

/// Reads the events of one answer.
pub(crate) struct Reader {
    peer: Arc<Peer>,
    model: String,
    finish: Option<FinishReason>,
    usage: Option<Usage>,
    is_over: bool,
}

#[derive(Deserialize)]
struct Chunk {
    choices: Option<Vec<Choice>>,
    usage: Option<WireUsage>,
}

#[derive(Deserialize)]
struct Choice {
    delta: Option<Delta>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    content: Option<String>,
    /// What a model says instead when it declines.
    refusal: Option<String>,
    /// Thoughts, as DeepSeek and vLLM send them.
    reasoning_content: Option<String>,
    /// Thoughts, as OpenRouter and Ollama send them.
    reasoning: Option<String>,
}

#[derive(Deserialize)]
struct WireUsage {
    #[serde(default)]
    prompt_tokens: u32,
    #[serde(default)]
    completion_tokens: u32,
    completion_tokens_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    reasoning_tokens: Option<u32>,
}

impl Reader {
    pub(crate) fn new(peer: Arc<Peer>, model: &str) -> Self {
        Self { peer, model: model.to_owned(), finish: None, usage: None, is_over: false }
    }

    fn end(&mut self, reason: &str) -> Result<(), Cause> {
        self.finish = Some(match reason {
            "length" => FinishReason::Length,
            "content_filter" => {
                let reason = "its content filter".to_owned();
                return Err(Cause::Blocked { part: BlockedPart::Answer, reason });
            }
            "error" => {
                return Err(Cause::Provider { status: None, retry_after: None, said: None });
            }
            _ => FinishReason::Stop,
        });
        Ok(())
    }
}

impl Decoder for Reader {
    fn read(&mut self, data: &str) -> Result<Vec<StreamEvent>, Cause> {
        if data.trim() == "[DONE]" {
            self.is_over = true;
            self.finish = self.finish.or(Some(FinishReason::Stop));
            return Ok(Vec::new());
        }
        let broken = |_| Cause::Malformed { what: "broken or unexpected JSON".to_owned() };
        let value: Value = serde_json::from_str(data).map_err(broken)?;
        if let Some(cause) = cause_of_event(&value, &self.model, &self.peer) {
            return Err(cause);
        }
        let chunk: Chunk = serde_json::from_value(value).map_err(broken)?;
        if let Some(usage) = chunk.usage {
            self.usage = Some(usage.into());
        }
        let Some(choice) = chunk.choices.into_iter().flatten().next() else {
            return Ok(Vec::new());
        };
        if let Some(reason) = choice.finish_reason {
            self.end(&reason)?;
        }
        Ok(choice.delta.map(events).unwrap_or_default())
    }

    fn finish(&self) -> Option<FinishReason> {
        self.finish
    }

    fn usage(&self) -> Option<Usage> {
        self.usage
    }

    fn is_over(&self) -> bool {
        self.is_over
    }
}

fn events(delta: Delta) -> Vec<StreamEvent> {
    let thought = delta.reasoning_content.or(delta.reasoning);
    let thought = thought.filter(|it| !it.is_empty()).map(StreamEvent::Thought);
    let texts = [delta.content, delta.refusal].into_iter().flatten();
    let texts = texts.filter(|text| !text.is_empty()).map(StreamEvent::Text);
    thought.into_iter().chain(texts).collect()
}

impl From<WireUsage> for Usage {
    fn from(usage: WireUsage) -> Self {
        let details = usage.completion_tokens_details;
        let thought_tokens = details.and_then(|it| it.reasoning_tokens).unwrap_or_default();
        Self {
            input_tokens: usage.prompt_tokens,
            output_tokens: usage.completion_tokens.saturating_sub(thought_tokens),
            thought_tokens,
        }
    }
}
