//! What Gemini answers: one `GenerateContentResponse` per event. The end marker is the finish reason
//! of the candidate.

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
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Chunk {
    #[serde(default)]
    candidates: Vec<Candidate>,
    prompt_feedback: Option<PromptFeedback>,
    usage_metadata: Option<UsageMetadata>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    content: Option<Content>,
    finish_reason: Option<String>,
    #[serde(default)]
    safety_ratings: Vec<SafetyRating>,
}

#[derive(Deserialize)]
struct Content {
    #[serde(default)]
    parts: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    text: String,
    #[serde(default)]
    thought: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PromptFeedback {
    block_reason: Option<String>,
    #[serde(default)]
    safety_ratings: Vec<SafetyRating>,
}

#[derive(Deserialize)]
struct SafetyRating {
    category: String,
    #[serde(default)]
    blocked: bool,
}

#[derive(Deserialize)]
struct UsageMetadata {
    #[serde(default, rename = "promptTokenCount")]
    prompt: u32,
    #[serde(default, rename = "candidatesTokenCount")]
    candidates: u32,
    #[serde(default, rename = "thoughtsTokenCount")]
    thoughts: u32,
}

impl Reader {
    pub(crate) fn new(peer: Arc<Peer>, model: &str) -> Self {
        Self { peer, model: model.to_owned(), finish: None, usage: None }
    }

    fn end(&mut self, reason: &str, ratings: &[SafetyRating]) -> Result<(), Cause> {
        self.finish = Some(match reason {
            "STOP" | "FINISH_REASON_UNSPECIFIED" => FinishReason::Stop,
            "MAX_TOKENS" => FinishReason::Length,
            _ if is_block(reason) => return Err(blocked(BlockedPart::Answer, reason, ratings)),
            _ => {
                return Err(Cause::Ended { reason: words(reason) });
            }
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
        let chunk: Chunk = serde_json::from_value(value).map_err(broken)?;
        if let Some(usage) = chunk.usage_metadata {
            self.usage = Some(usage.into());
        }
        if let Some(PromptFeedback { block_reason: Some(reason), safety_ratings }) =
            chunk.prompt_feedback
        {
            return Err(blocked(BlockedPart::Prompt, &reason, &safety_ratings));
        }
        let Some(candidate) = chunk.candidates.into_iter().next() else { return Ok(Vec::new()) };
        if let Some(reason) = candidate.finish_reason {
            self.end(&reason, &candidate.safety_ratings)?;
        }
        let parts = candidate.content.map(|content| content.parts).unwrap_or_default();
        Ok(parts.into_iter().filter(|part| !part.text.is_empty()).map(StreamEvent::from).collect())
    }

    fn finish(&self) -> Option<FinishReason> {
        self.finish
    }

    fn usage(&self) -> Option<Usage> {
        self.usage
    }

    fn is_over(&self) -> bool {
        false
    }
}

impl From<Part> for StreamEvent {
    fn from(part: Part) -> Self {
        if part.thought { Self::Thought(part.text) } else { Self::Text(part.text) }
    }
}

impl From<UsageMetadata> for Usage {
    fn from(usage: UsageMetadata) -> Self {
        Self {
            input_tokens: usage.prompt,
            output_tokens: usage.candidates,
            thought_tokens: usage.thoughts,
        }
    }
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

fn blocked(part: BlockedPart, reason: &str, ratings: &[SafetyRating]) -> Cause {
    let categories: Vec<_> =
        ratings.iter().filter(|it| it.blocked).map(|it| words(&it.category)).collect();
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
