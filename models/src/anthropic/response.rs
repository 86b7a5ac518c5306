//! What Anthropic answers: typed events, `message_stop` at the end. Unknown events are passed over,
//! as its documentation asks.

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
#[serde(tag = "type", rename_all = "snake_case")]
enum Event {
    MessageStart {
        message: MessageStart,
    },
    ContentBlockStart {
        content_block: Block,
    },
    ContentBlockDelta {
        delta: Delta,
    },
    MessageDelta {
        delta: MessageDelta,
        usage: Option<WireUsage>,
    },
    MessageStop,
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct MessageStart {
    usage: Option<WireUsage>,
}

/// The beginning of a block, which may hold text already.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    Text {
        #[serde(default)]
        text: String,
    },
    Thinking {
        #[serde(default)]
        thinking: String,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Delta {
    #[serde(rename = "text_delta")]
    Text { text: String },
    #[serde(rename = "thinking_delta")]
    Thinking { thinking: String },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct MessageDelta {
    stop_reason: Option<String>,
}

/// Counts are cumulative. What was read from or written to the cache is input, too.
#[derive(Default, Deserialize)]
struct WireUsage {
    #[serde(rename = "input_tokens")]
    input: Option<u32>,
    #[serde(rename = "cache_creation_input_tokens")]
    written_to_cache: Option<u32>,
    #[serde(rename = "cache_read_input_tokens")]
    read_from_cache: Option<u32>,
    #[serde(rename = "output_tokens")]
    output: Option<u32>,
}

impl Reader {
    pub(crate) fn new(peer: Arc<Peer>, model: &str) -> Self {
        Self { peer, model: model.to_owned(), finish: None, usage: None, is_over: false }
    }

    fn count(&mut self, counted: Option<WireUsage>) {
        let Some(counted) = counted else { return };
        let usage = self.usage.get_or_insert_default();
        if let Some(input) = counted.input {
            let cached = [counted.written_to_cache, counted.read_from_cache];
            usage.input_tokens = cached.into_iter().flatten().fold(input, u32::saturating_add);
        }
        usage.output_tokens = counted.output.unwrap_or(usage.output_tokens);
    }

    fn end(&mut self, reason: Option<String>) -> Result<(), Cause> {
        let Some(reason) = reason else { return Ok(()) };
        self.finish = Some(match reason.as_str() {
            "max_tokens" | "model_context_window_exceeded" => FinishReason::Length,
            "refusal" => {
                let reason = "its safety classifiers declined".to_owned();
                return Err(Cause::Blocked { part: BlockedPart::Answer, reason });
            }
            _ => FinishReason::Stop,
        });
        Ok(())
    }
}

impl Decoder for Reader {
    fn read(&mut self, data: &str) -> Result<Vec<StreamEvent>, Cause> {
        let broken = |_| Cause::Malformed { what: "broken or unexpected JSON".to_owned() };
        let value: Value = serde_json::from_str(data).map_err(broken)?;
        if let Some(cause) = cause_of_event(&value, &self.model, &self.peer) {
            return Err(cause);
        }
        let event = match serde_json::from_value(value).map_err(broken)? {
            Event::MessageStart { message } => {
                self.count(message.usage);
                None
            }
            Event::ContentBlockStart { content_block: Block::Text { text } }
            | Event::ContentBlockDelta { delta: Delta::Text { text } } => {
                Some(StreamEvent::Text(text)).filter(is_filled)
            }
            Event::ContentBlockStart { content_block: Block::Thinking { thinking } }
            | Event::ContentBlockDelta { delta: Delta::Thinking { thinking } } => {
                Some(StreamEvent::Thought(thinking)).filter(is_filled)
            }
            Event::MessageDelta { delta, usage } => {
                self.count(usage);
                self.end(delta.stop_reason)?;
                None
            }
            Event::MessageStop => {
                self.is_over = true;
                self.finish = self.finish.or(Some(FinishReason::Stop));
                None
            }
            Event::ContentBlockStart { .. } | Event::ContentBlockDelta { .. } | Event::Other => {
                None
            }
        };
        Ok(Vec::from_iter(event))
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

fn is_filled(event: &StreamEvent) -> bool {
    match event {
        StreamEvent::Text(text) | StreamEvent::Thought(text) => !text.is_empty(),
        _ => true,
    }
}
