//! What Anthropic answers: typed events, `message_stop` at the end. Unknown events are passed over,
//! as its documentation asks. A whole message where events were expected is read, too.

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
    has_tool_call: bool,
}

impl Decoder for Reader {
    fn read(&mut self, event: &Value, pieces: &mut Vec<StreamEvent>) -> Result<(), Cause> {
        match event["type"].as_str().unwrap_or_default() {
            "message_start" => self.message(&event["message"], pieces),
            "message" => self.message(event, pieces),
            "content_block_start" => {
                self.block(&event["content_block"], pieces);
                Ok(())
            }
            "content_block_delta" => {
                self.block(&event["delta"], pieces);
                Ok(())
            }
            "message_delta" => {
                self.count(&event["usage"]);
                self.end(&event["delta"])
            }
            "message_stop" => {
                self.done();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn done(&mut self) {
        self.is_over = true;
        if self.has_begun {
            self.finish = self.finish.or(Some(Finish::Stop));
        }
    }

    fn finish(&self) -> Option<Finish> {
        match self.finish? {
            Finish::Stop if self.has_tool_call => Some(Finish::ToolCall),
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
    /// Reads a message: its beginning, or the whole.
    fn message(&mut self, message: &Value, pieces: &mut Vec<StreamEvent>) -> Result<(), Cause> {
        self.has_begun = true;
        self.count(&message["usage"]);
        for block in elements(&message["content"]) {
            self.block(block, pieces);
        }
        self.end(message)
    }

    /// Reads the beginning of a block, which may hold text already, or more of it.
    fn block(&mut self, block: &Value, pieces: &mut Vec<StreamEvent>) {
        self.has_begun = true;
        self.has_tool_call |= block["type"].as_str().is_some_and(|kind| kind == "tool_use");
        let said = |name| block[name].as_str().filter(|said: &&str| !said.is_empty());
        pieces.extend(said("thinking").map(|it| StreamEvent::Thought(it.to_owned())));
        let text = said("text").or_else(|| block.as_str());
        pieces.extend(text.map(|it| StreamEvent::Text(it.to_owned())));
    }

    /// Reads the stop reason of a message or of the change of one. What nobody listed is an end in good
    /// order.
    fn end(&mut self, holder: &Value) -> Result<(), Cause> {
        let Some(reason) = text(holder, "stop_reason") else { return Ok(()) };
        self.finish = Some(match reason {
            "max_tokens" | "model_context_window_exceeded" => Finish::Length,
            "tool_use" => Finish::ToolCall,
            "refusal" => {
                let reason = "its safety classifiers declined".to_owned();
                return Err(Cause::Blocked { part: BlockedPart::Answer, reason });
            }
            _ => Finish::Stop,
        });
        Ok(())
    }

    /// Reads counted tokens. They are cumulative; what was read from or written to the cache is input, too.
    fn count(&mut self, usage: &Value) {
        let counted = |name| count(usage.get(name));
        let (input, output) = (counted("input_tokens"), counted("output_tokens"));
        if input.or(output).is_none() {
            return;
        }
        let usage = self.usage.get_or_insert_default();
        if let Some(input) = input {
            let cached = ["cache_creation_input_tokens", "cache_read_input_tokens"].map(counted);
            usage.input_tokens = cached.into_iter().flatten().fold(input, u32::saturating_add);
        }
        usage.output_tokens = output.unwrap_or(usage.output_tokens);
    }
}
