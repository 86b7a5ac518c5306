//! Why a call failed, classified where the failure enters.

mod sentence;

use std::sync::Arc;
use std::time::Duration;

use align::model::{Failure, FailureKind, Setting};

use crate::http::Peer;

/// A failed call. Its [`failure`](Self::failure) can be shown; it holds no secrets and no bodies.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
pub struct ModelError {
    pub(crate) peer: Arc<Peer>,
    /// How often the call was tried; 1 unless it was repeated.
    pub(crate) tries: u32,
    /// The classified cause.
    #[source]
    pub cause: Cause,
}

/// The cause of a failed call. `said` is the provider's own short message: one line, without keys.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// The key is missing, wrong, or not allowed to do this.
    #[error("the key was not accepted")]
    Authentication {
        /// The HTTP status; `None` if there was no key to send.
        status: Option<u16>,
        /// What the provider said.
        said: Option<String>,
    },
    /// Too many requests, or a used-up quota that comes back.
    #[error("the quota is used up")]
    RateLimit {
        /// The HTTP status; `None` if it came in the middle of the answer.
        status: Option<u16>,
        /// How long the provider asks to wait.
        retry_after: Option<Duration>,
        /// What the provider said.
        said: Option<String>,
    },
    /// No credit, or a quota that waiting does not bring back.
    #[error("no credit is left")]
    NoCredit {
        /// The HTTP status; `None` if it came in the middle of the answer.
        status: Option<u16>,
        /// What the provider said.
        said: Option<String>,
    },
    /// The provider does not know the model.
    #[error("the model {model} is unknown")]
    UnknownModel {
        /// The HTTP status, where there was one.
        status: Option<u16>,
        /// The model that was called.
        model: String,
        /// What the provider said.
        said: Option<String>,
    },
    /// The provider refuses the request as it is.
    #[error("the request was refused")]
    InvalidRequest {
        /// The HTTP status, where there was one.
        status: Option<u16>,
        /// What the provider said.
        said: Option<String>,
    },
    /// The model does not take a parameter of the request.
    #[error("{parameter:?} was refused")]
    Refused {
        /// The parameter.
        parameter: Parameter,
        /// The HTTP status, where there was one.
        status: Option<u16>,
        /// What the provider said.
        said: Option<String>,
    },
    /// The prompt is longer than the model's context window.
    #[error("the prompt is too long")]
    TooLong {
        /// The size of the context window in tokens, where the provider says it.
        limit_tokens: Option<u32>,
        /// What the provider said.
        said: Option<String>,
    },
    /// The provider's safety filters blocked the prompt or the answer.
    #[error("the {part} was blocked: {reason}")]
    Blocked {
        /// What was blocked.
        part: BlockedPart,
        /// The category as words, e.g. "dangerous content".
        reason: String,
    },
    /// The provider ended the answer before its end, and says why in a word.
    #[error("the answer was ended: {reason}")]
    Ended {
        /// The reason as words, e.g. "malformed function call".
        reason: String,
    },
    /// The answer is complete, but it holds no text.
    #[error("the answer holds no text: {0:?}")]
    NoText(Missing),
    /// The connection ended after the headers, before anything of the answer.
    #[error("nothing was answered")]
    NoAnswer,
    /// The stream ended without its end marker, or was cut.
    #[error("the answer broke off")]
    CutShort,
    /// The provider is overloaded, or failed inside.
    #[error("the provider failed")]
    Provider {
        /// The HTTP status; `None` if the error came in the middle of the answer.
        status: Option<u16>,
        /// How long the provider asks to wait.
        retry_after: Option<Duration>,
        /// What the provider said.
        said: Option<String>,
    },
    /// There is no connection.
    #[error("no connection to {address}")]
    Unreachable {
        /// Host and port.
        address: String,
        /// What went wrong, as few words; empty if it is not known.
        reason: String,
        /// Whether it may pass by itself: refused or broken, not a name that does not exist.
        may_pass: bool,
        /// The error of the HTTP client.
        #[source]
        source: Option<reqwest::Error>,
    },
    /// The certificate of the server is not accepted.
    #[error("the certificate of {address} was refused: {reason}")]
    Certificate {
        /// Host and port.
        address: String,
        /// What is wrong with it, as few words.
        reason: String,
    },
    /// The proxy on the way cannot be reached or does not let us through.
    #[error("the proxy {proxy} failed: {reason}")]
    Proxy {
        /// Host and port of the provider.
        address: String,
        /// Host and port of the proxy.
        proxy: String,
        /// What went wrong, as few words; empty if it is not known.
        reason: String,
    },
    /// A time limit passed.
    #[error("the time limit of {} s passed", after.as_secs())]
    Timeout {
        /// Which limit.
        limit: Limit,
        /// How long it was.
        after: Duration,
    },
    /// The provider answered something that is not its wire format.
    #[error("the answer is not in the wire format: {what}")]
    Malformed {
        /// What came instead, as few words, e.g. "a web page".
        what: String,
    },
    /// No provider of this name is connected.
    #[error("not connected")]
    NotConnected,
}

/// A parameter of a request that a model may refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// System instructions, in a place of their own.
    SystemInstructions,
    /// What OpenAI's format asks of a stream besides the answer: counted tokens.
    StreamOptions,
    /// What a person set.
    Setting(Setting),
}

/// What a complete answer holds instead of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A call of a tool, which there is not.
    ToolCall,
    /// That the model declines, in a field of its own; what it says there is the text.
    Refused,
    /// Thoughts, and nothing after them.
    OnlyThoughts,
}

/// What a safety filter blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockedPart {
    /// The prompt, before an answer began.
    Prompt,
    /// The answer.
    Answer,
}

impl std::fmt::Display for BlockedPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Prompt => "prompt",
            Self::Answer => "answer",
        })
    }
}

/// The time limits of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// For the connection to be made.
    Connect,
    /// For the answer to begin: its first text or thought.
    FirstToken,
    /// For the answer to go on: its next text, thought or end.
    Silence,
}

impl ModelError {
    /// A failure of the provider that people know as `label`.
    pub fn new(label: impl Into<String>, cause: Cause) -> Self {
        Self { peer: Arc::new(Peer::named(label)), tries: 1, cause }
    }

    pub(crate) fn of(peer: &Arc<Peer>, cause: Cause) -> Self {
        Self { peer: peer.clone(), tries: 1, cause }
    }

    /// The kind of failure.
    pub fn kind(&self) -> FailureKind {
        match self.cause {
            Cause::Authentication { .. } => FailureKind::Authentication,
            Cause::RateLimit { .. } | Cause::NoCredit { .. } => FailureKind::RateLimit,
            Cause::UnknownModel { .. } => FailureKind::UnknownModel,
            Cause::Refused { parameter: Parameter::Setting(setting), .. } => {
                FailureKind::SettingRefused(setting)
            }
            Cause::InvalidRequest { .. } | Cause::Refused { .. } => FailureKind::InvalidRequest,
            Cause::TooLong { .. } => FailureKind::PromptTooLong,
            Cause::Blocked { .. } => FailureKind::Blocked,
            Cause::NoText(_) => FailureKind::NoText,
            Cause::CutShort | Cause::NoAnswer => FailureKind::CutShort,
            Cause::Provider { .. } | Cause::Ended { .. } => FailureKind::Provider,
            Cause::Unreachable { .. } | Cause::Certificate { .. } | Cause::Proxy { .. } => {
                FailureKind::Unreachable
            }
            Cause::Timeout { .. } => FailureKind::Timeout,
            Cause::Malformed { .. } => FailureKind::Malformed,
            Cause::NotConnected => FailureKind::NotConnected,
        }
    }

    /// How long the provider asks to wait before the next try.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.cause {
            Cause::RateLimit { retry_after, .. } | Cause::Provider { retry_after, .. } => {
                retry_after
            }
            _ => None,
        }
    }

    /// What to keep and to show: cause and next step.
    pub fn failure(&self) -> Failure {
        let retry_after_ms =
            self.retry_after().map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
        Failure { kind: self.kind(), message: self.message(), hint: self.hint(), retry_after_ms }
    }
}
