//! The vocabulary of a call of a language model, shared by the crates that make calls, keep them
//! and show them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Names one model of one connected provider, written `provider/model`.
///
/// The provider is the identifier Attune gives it (`gemini`, `openai`, `anthropic`, `ollama`,
/// `vertex`, `demo`, or the name of an endpoint in the configuration file) and holds no `/`; the
/// model is the provider's own name for it and may hold anything.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ModelRef {
    /// Identifier of the provider.
    pub provider: String,
    /// The provider's own name of the model, e.g. `gemini-2.5-flash`.
    pub model: String,
}

impl ModelRef {
    /// Names `model` of `provider`.
    pub fn new(provider: impl Into<String>, model: impl Into<String>) -> Self {
        Self { provider: provider.into(), model: model.into() }
    }
}

impl fmt::Display for ModelRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.provider, self.model)
    }
}

impl From<ModelRef> for String {
    fn from(model: ModelRef) -> Self {
        model.to_string()
    }
}

/// A model name that is not `provider/model`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a model name of the form provider/model")]
pub struct InvalidModelRef(pub String);

impl FromStr for ModelRef {
    type Err = InvalidModelRef;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().split_once('/') {
            Some((provider, model)) if !provider.is_empty() && !model.is_empty() => {
                Ok(Self::new(provider, model))
            }
            _ => Err(InvalidModelRef(text.to_owned())),
        }
    }
}

impl TryFrom<String> for ModelRef {
    type Error = InvalidModelRef;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// A model that a connected provider offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// The name under which it is called.
    pub model: ModelRef,
    /// What people read, e.g. "Gemini 2.5 Flash".
    pub label: String,
}

/// A connected provider as the settings page and the model pickers show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderInfo {
    /// Identifier, the first part of a [`ModelRef`].
    pub id: String,
    /// What people read, e.g. "Gemini".
    pub label: String,
    /// Where its requests go, without secrets; `None` for the demo model.
    pub base_url: Option<String>,
    /// Models it lists; empty where it cannot list them.
    pub models: Vec<ModelInfo>,
    /// Why its models could not be listed, if they could not.
    pub problem: Option<Failure>,
}

/// Settings of one call. `None` leaves the choice to the provider.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Sampling temperature, 0 to 2 for most providers.
    pub temperature: Option<f64>,
    /// Nucleus sampling: the share of probability mass considered, over 0 to 1.
    pub top_p: Option<f64>,
    /// Upper limit of tokens in the answer.
    pub max_output_tokens: Option<u32>,
    /// Texts at which the answer ends.
    pub stop_sequences: Vec<String>,
    /// Seed for repeatable sampling, where the provider supports it.
    pub seed: Option<i64>,
    /// Gemini safety settings, one threshold for all adjustable harm categories.
    pub safety: Option<SafetyThreshold>,
}

/// A setting of a call that a person chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// [`Settings::temperature`].
    Temperature,
    /// [`Settings::top_p`].
    TopP,
    /// [`Settings::max_output_tokens`].
    MaxOutputTokens,
    /// [`Settings::stop_sequences`].
    StopSequences,
    /// [`Settings::seed`].
    Seed,
    /// [`Settings::safety`].
    Safety,
}

impl Setting {
    /// The name of its control.
    pub fn label(self) -> &'static str {
        match self {
            Self::Temperature => "Temperature",
            Self::TopP => "Top-p",
            Self::MaxOutputTokens => "Max output tokens",
            Self::StopSequences => "Stop sequences",
            Self::Seed => "Seed",
            Self::Safety => "Safety (Gemini)",
        }
    }
}

impl Settings {
    /// Whether a setting was chosen.
    pub fn has(&self, setting: Setting) -> bool {
        match setting {
            Setting::Temperature => self.temperature.is_some(),
            Setting::TopP => self.top_p.is_some(),
            Setting::MaxOutputTokens => self.max_output_tokens.is_some(),
            Setting::StopSequences => self.stop_sequences.iter().any(|text| !text.is_empty()),
            Setting::Seed => self.seed.is_some(),
            Setting::Safety => self.safety.is_some(),
        }
    }

    /// The same without a setting, which is then left to the provider.
    #[must_use]
    pub fn without(mut self, setting: Setting) -> Self {
        match setting {
            Setting::Temperature => self.temperature = None,
            Setting::TopP => self.top_p = None,
            Setting::MaxOutputTokens => self.max_output_tokens = None,
            Setting::StopSequences => self.stop_sequences.clear(),
            Setting::Seed => self.seed = None,
            Setting::Safety => self.safety = None,
        }
        self
    }
}

/// Gemini's thresholds from which content is blocked, as its API names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SafetyThreshold {
    /// Block low probability of harm and above.
    BlockLowAndAbove,
    /// Block medium probability and above.
    BlockMediumAndAbove,
    /// Block high probability only.
    BlockOnlyHigh,
    /// Block nothing, but report.
    BlockNone,
    /// Turn the filter off.
    Off,
}

/// Who wrote a message of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person, or Attune on their behalf.
    User,
    /// The model.
    Model,
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its writer.
    pub role: Role,
    /// Its whole text.
    pub text: String,
}

impl Message {
    /// A message by the user.
    pub fn user(text: impl Into<String>) -> Self {
        Self { role: Role::User, text: text.into() }
    }

    /// A message by the model.
    pub fn model(text: impl Into<String>) -> Self {
        Self { role: Role::Model, text: text.into() }
    }
}

/// A conversation ready to be sent: system instructions and at least one message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// System instructions; empty for none.
    pub system_instructions: String,
    /// Messages, oldest first, the last one by the user.
    pub messages: Vec<Message>,
}

/// Tokens counted by the provider.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens of the input.
    pub input_tokens: u32,
    /// Tokens of the answer, without thoughts.
    pub output_tokens: u32,
    /// Tokens spent on thoughts before the answer.
    pub thought_tokens: u32,
}

/// Why a complete answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FinishReason {
    /// The model was done, or a stop sequence came.
    Stop,
    /// The limit of output tokens cut the answer.
    Length,
}

/// What kind of failure ended a call. Each reads differently to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The key is missing, wrong or not allowed to do this (HTTP 401, 403).
    Authentication,
    /// Too many requests or a used-up quota (HTTP 429).
    RateLimit,
    /// The provider does not know the model (HTTP 404 and its named equivalents).
    UnknownModel,
    /// The provider refuses the request as it is (HTTP 400, 413, 422).
    InvalidRequest,
    /// The model does not take a setting that was chosen; without it, it may answer.
    SettingRefused(Setting),
    /// The prompt is longer than what the model can read at once.
    PromptTooLong,
    /// The prompt or the answer was blocked by the provider's safety filters.
    Blocked,
    /// The answer is complete but holds no text: a tool call, a refusal or thoughts alone.
    NoText,
    /// The answer stopped in the middle: the stream ended without its end marker or was cut.
    CutShort,
    /// The provider is overloaded or failed inside (HTTP 5xx, or an error event).
    Provider,
    /// No connection: refused, reset, name not found, TLS.
    Unreachable,
    /// A time limit passed.
    Timeout,
    /// The provider answered something that is not its wire format.
    Malformed,
    /// The model answered, but nothing in the answer can be used (drafts only).
    Unusable,
    /// The model is not connected any more: its provider is unknown here.
    NotConnected,
}

/// A failed call, as it is kept and shown. Holds no secrets and no raw bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Its kind.
    pub kind: FailureKind,
    /// One sentence naming the cause, e.g. "Gemini answered: rate limit reached (429)."
    pub message: String,
    /// One sentence naming the next step, e.g. "Try again in 32 s, or choose another model."
    pub hint: String,
    /// How long the provider asks to wait, in milliseconds.
    pub retry_after_ms: Option<u64>,
}

impl Failure {
    /// A failure whose provider, if any, asks for no pause.
    pub fn new(kind: FailureKind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: hint.into(), retry_after_ms: None }
    }
}
