//! What Gemini answers: one `GenerateContentResponse` per event. The end marker is the finish reason
//! of the candidate.

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
    has_tool_call: bool,
}

impl Decoder for Reader {
    fn read(&mut self, chunk: &Value, pieces: &mut Vec<StreamEvent>) -> Result<(), Cause> {
        self.count(&chunk["usageMetadata"]);
        let feedback = &chunk["promptFeedback"];
        if let Some(reason) = text(feedback, "blockReason") {
            return Err(blocked(BlockedPart::Prompt, reason, feedback));
        }
        let Some(candidate) = elements(&chunk["candidates"]).first() else { return Ok(()) };
        for part in elements(&candidate["content"]["parts"]) {
            self.has_tool_call |= part["functionCall"].is_object();
            pieces.extend(piece(part));
        }
        text(candidate, "finishReason").map_or(Ok(()), |reason| self.end(reason, candidate))
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
        false
    }
}

impl Reader {
    fn end(&mut self, reason: &str, candidate: &Value) -> Result<(), Cause> {
        self.finish = Some(match reason {
            // The value that stands for none.
            "FINISH_REASON_UNSPECIFIED" => return Ok(()),
            "STOP" => Finish::Stop,
            "MAX_TOKENS" => Finish::Length,
            _ if is_block(reason) => {
                return Err(blocked(BlockedPart::Answer, reason, candidate));
            }
            _ => return Err(Cause::Ended { reason: words(reason) }),
        });
        Ok(())
    }

    /// Reads counted tokens; the last ones that say something hold.
    fn count(&mut self, usage: &Value) {
        let counted = |name| count(usage.get(name));
        let (input, output) = (counted("promptTokenCount"), counted("candidatesTokenCount"));
        let thoughts = counted("thoughtsTokenCount");
        if input.or(output).or(thoughts).is_some() {
            self.usage = Some(Usage {
                input_tokens: input.unwrap_or_default(),
                output_tokens: output.unwrap_or_default(),
                thought_tokens: thoughts.unwrap_or_default(),
            });
        }
    }
}

/// The text or thought of a part; parts of other kinds hold none.
fn piece(part: &Value) -> Option<StreamEvent> {
    let text = part["text"].as_str().or_else(|| part.as_str()).filter(|text| !text.is_empty())?;
    let is_thought = part["thought"] == true;
    Some(if is_thought {
        StreamEvent::Thought(text.into())
    } else {
        StreamEvent::Text(text.into())
    })
}

fn is_block(reason: &str) -> bool {
    matches!(
        reason,
        "SAFETY"
            | "RECITATION"
            | "LANGUAGE"
            | "BLOCKLIST"
            | "PROHIBITED_CONTENT"
            | "SPII"
            | "IMAGE_SAFETY"
            | "MODEL_ARMOR"
    )
}

fn blocked(part: BlockedPart, reason: &str, holder: &Value) -> Cause {
    let ratings = elements(&holder["safetyRatings"]).iter();
    let categories =
        ratings.filter(|it| it["blocked"] == true).filter_map(|it| text(it, "category"));
    let categories: Vec<_> = categories.map(words).collect();
    let reason = match reason {
        "RECITATION" => "recitation of existing text".to_owned(),
        "SPII" => "personal information".to_owned(),
        "OTHER" | "BLOCK_REASON_UNSPECIFIED" => "no reason given".to_owned(),
        "SAFETY" if !categories.is_empty() => categories.join(", "),
        reason => words(reason),
    };
    Cause::Blocked { part, reason }
}

/// A constant of the API as words: `HARM_CATEGORY_HATE_SPEECH` is "hate speech".
fn words(constant: &str) -> String {
    let name = constant.strip_prefix("HARM_CATEGORY_").unwrap_or(constant);
    let is_word = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    name.chars().take(60).filter(is_word).collect::<String>().to_lowercase().replace('_', " ")
}
