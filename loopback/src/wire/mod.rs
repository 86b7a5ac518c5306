//! The wire formats: what a request asks, and how an answer is written down.

mod anthropic;
mod gemini;
mod openai;

use serde_json::Value;

use crate::behaviour::ScriptedAnswer;
use crate::received::Received;

/// The three wire formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Format {
    OpenAi,
    Gemini,
    Anthropic,
}

/// What a request is for.
pub(crate) struct Task {
    pub(crate) format: Format,
    /// What a model is asked; `None` for the list of models.
    pub(crate) asked: Option<Asked>,
}

/// What a model is asked.
pub(crate) struct Asked {
    pub(crate) model: String,
    /// The last message.
    pub(crate) message: String,
    pub(crate) streams: bool,
    /// The whole request.
    pub(crate) body: Value,
}

/// An answer as events: what comes before the tokens, one frame per token (thoughts first), and what
/// comes after.
#[derive(Default)]
pub(crate) struct Frames {
    pub(crate) before: String,
    pub(crate) tokens: Vec<String>,
    pub(crate) after: String,
}

/// Finds out what a request is for; `None` if no format has such a path.
pub(crate) fn read(request: &Received) -> Option<Task> {
    let task = |format, asked| Some(Task { format, asked });
    let is_anthropic = request.header("anthropic-version").is_some();
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", path) if path.ends_with("/chat/completions") => {
            task(Format::OpenAi, Some(openai::asked(request)))
        }
        ("POST", "/v1/messages") => task(Format::Anthropic, Some(anthropic::asked(request))),
        ("GET", "/v1/models") if is_anthropic => task(Format::Anthropic, None),
        ("GET", "/v1/models") => task(Format::OpenAi, None),
        ("GET", "/v1beta/models") => task(Format::Gemini, None),
        ("POST", _) => task(Format::Gemini, Some(gemini::asked(request)?)),
        _ => None,
    }
}

impl Format {
    pub(crate) fn frames(self, answer: &ScriptedAnswer) -> Frames {
        match self {
            Self::OpenAi => openai::frames(answer),
            Self::Gemini => gemini::frames(answer),
            Self::Anthropic => anthropic::frames(answer),
        }
    }

    /// The answer in one document.
    pub(crate) fn document(self, answer: &ScriptedAnswer) -> Value {
        match self {
            Self::OpenAi => openai::document(answer),
            Self::Gemini => gemini::document(answer),
            Self::Anthropic => anthropic::document(answer),
        }
    }

    /// The body of an error that may ask to wait some seconds.
    pub(crate) fn error(self, code: u16, retry_after: Option<u64>) -> Value {
        match self {
            Self::OpenAi => openai::error(code),
            Self::Gemini => gemini::error(code, retry_after),
            Self::Anthropic => anthropic::error(code),
        }
    }

    /// An error in the middle of a stream.
    pub(crate) fn error_event(self, code: u16) -> String {
        let error = self.error(code, (code == 429).then_some(32));
        match self {
            Self::OpenAi | Self::Gemini => data(&error),
            Self::Anthropic => anthropic::event(&error),
        }
    }

    /// A page of the list of models.
    pub(crate) fn listing(self, request: &Received, names: &[String]) -> Value {
        let own = ["echo", "slow", "thinking"].map(str::to_owned);
        let names = if names.is_empty() { &own[..] } else { names };
        match self {
            Self::OpenAi => openai::listing(names),
            Self::Gemini => gemini::listing(request, names),
            Self::Anthropic => anthropic::listing(request, names),
        }
    }
}

/// How many models one page lists: few, so that clients must turn pages.
const PAGE: usize = 2;

/// An event with data alone.
fn data(value: &Value) -> String {
    format!("data: {value}\n\n")
}

/// A sentence for an error, as providers write them.
fn sentence(code: u16) -> &'static str {
    match code {
        401 | 403 => "The key is not valid.",
        402 => "Your credit balance is too low.",
        404 => "There is no such model.",
        429 => "You exceeded your current quota.",
        503 | 529 => "The model is overloaded.",
        500.. => "An internal error occurred.",
        _ => "The request is not valid.",
    }
}

/// The text of a message's content: a string, or parts with texts.
fn text_of(content: &Value) -> String {
    let parts = content.as_array().map_or(&[][..], Vec::as_slice);
    let texts = parts.iter().filter_map(|part| part["text"].as_str());
    content.as_str().map_or_else(|| texts.collect(), str::to_owned)
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
