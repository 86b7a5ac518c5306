//! What a test can ask of the server.

use std::time::Duration;

use crate::replay::Replay;

/// How a request is answered.
#[derive(Clone, Debug)]
pub enum Behaviour {
    /// With an answer in the wire format of the request.
    ScriptedAnswer(ScriptedAnswer),
    /// With a status and a body, whatever the wire format.
    Status(Status),
    /// With these bytes, whatever the wire format.
    Replay(Replay),
    /// With a TCP reset instead of an answer.
    Reset,
}

/// An answer of a model.
#[derive(Clone, Debug)]
pub struct ScriptedAnswer {
    /// The tokens of its text.
    pub tokens: Vec<String>,
    /// The tokens of its thoughts, sent before the text.
    pub thoughts: Vec<String>,
    /// Pause before the first token.
    pub first_token: Duration,
    /// Pause before each further token.
    pub token: Duration,
    /// Why it ends.
    pub finish: Finish,
    /// Counted tokens; `None` leaves them out.
    pub usage: Option<Usage>,
    /// What goes wrong on the way.
    pub fault: Option<Fault>,
    /// The most bytes sent in one piece; `None` sends each token in one piece.
    pub packet_bytes: Option<usize>,
    /// Pause before each of those packets, so that they really arrive apart.
    pub packet_pause: Duration,
    /// Whether everything is sent in one piece.
    pub joined: bool,
}

/// Why an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// The model was done.
    Stop,
    /// The limit of tokens was reached.
    Length,
    /// A filter blocked the answer.
    Blocked,
    /// A filter blocked the prompt; there is no text.
    PromptBlocked,
}

/// Counted tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Of the input.
    pub input: u32,
    /// Of the answer.
    pub output: u32,
    /// Of the thoughts.
    pub thoughts: u32,
}

/// What goes wrong in the middle of an answer.
#[derive(Clone, Debug)]
pub struct Fault {
    /// How many tokens come before it, thoughts included.
    pub after_tokens: usize,
    /// What it is. Nothing follows it.
    pub kind: FaultKind,
}

/// The ways in which an answer goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The stream ends in good order, but without its end marker.
    Unfinished,
    /// The connection is cut. Nothing but the headers is sent if no tokens come before it.
    Cut,
    /// The connection is cut by a TCP reset.
    Reset,
    /// The stream ends in the middle of a character.
    CutInCharacter,
    /// An error event, in the wire format.
    ErrorEvent {
        /// The status it names or stands for: 429, 500 or 503.
        status: u16,
    },
    /// An event whose data is broken JSON.
    BrokenJson,
    /// An event that is no JSON, but of some other text.
    NoJson,
    /// Nothing more comes, and nothing ends.
    Silence,
    /// An event that never ends comes byte by byte.
    Drip {
        /// Pause before each byte.
        pause: Duration,
    },
    /// Only comments come, as some servers send to keep a connection open.
    KeepAlive {
        /// Pause before each comment.
        pause: Duration,
    },
    /// Tokens of 64 KB until so many bytes were sent, then a good end.
    Flood {
        /// How many bytes.
        bytes: usize,
    },
    /// One line of so many bytes, then a good end of the connection.
    HugeEvent {
        /// How many bytes.
        bytes: usize,
    },
}

/// A status and a body.
#[derive(Clone, Debug)]
pub struct Status {
    /// The status code.
    pub code: u16,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// Type of the body.
    pub content_type: &'static str,
    /// The body; `None` for an error in the wire format of the request.
    pub body: Option<String>,
    /// Seconds to wait, as a header and, where the wire format has a place for it, in the body.
    pub retry_after: Option<u64>,
}

impl ScriptedAnswer {
    /// An answer of `text`, one token per word, at once.
    pub fn text(text: &str) -> Self {
        Self {
            tokens: text.split_inclusive(' ').map(str::to_owned).collect(),
            thoughts: Vec::new(),
            first_token: Duration::ZERO,
            token: Duration::ZERO,
            finish: Finish::Stop,
            usage: Some(Usage { input: 7, output: 3, thoughts: 0 }),
            fault: None,
            packet_bytes: None,
            packet_pause: Duration::ZERO,
            joined: false,
        }
    }

    /// The same with a fault after some tokens.
    #[must_use]
    pub fn with_fault(self, after_tokens: usize, kind: FaultKind) -> Self {
        Self { fault: Some(Fault { after_tokens, kind }), ..self }
    }

    /// The same with another end.
    #[must_use]
    pub fn with_finish(self, finish: Finish) -> Self {
        Self { finish, ..self }
    }

    /// The whole text.
    pub(crate) fn whole(&self) -> String {
        self.tokens.concat()
    }
}

impl From<ScriptedAnswer> for Behaviour {
    fn from(answer: ScriptedAnswer) -> Self {
        Self::ScriptedAnswer(answer)
    }
}

impl Status {
    /// An error in the wire format of the request.
    pub fn error(code: u16) -> Self {
        let content_type = "application/json";
        Self { code, headers: Vec::new(), content_type, body: None, retry_after: None }
    }

    /// The same, asking to wait some seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// The same with a header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// A body of any type.
    pub fn body(code: u16, content_type: &'static str, body: impl Into<String>) -> Self {
        let body = Some(body.into());
        Self { code, headers: Vec::new(), content_type, body, retry_after: None }
    }
}

impl From<Replay> for Behaviour {
    fn from(replay: Replay) -> Self {
        Self::Replay(replay)
    }
}

impl From<Status> for Behaviour {
    fn from(status: Status) -> Self {
        Self::Status(status)
    }
}
