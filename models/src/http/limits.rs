//! Time limits of calls.

use std::time::Duration;

/// How long to wait for what. Generous by default: models that think are silent for minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For the connection to be made.
    pub connect: Duration,
    /// From sending the request to the first piece of the answer: text, or a thought.
    pub first_token: Duration,
    /// Between two pieces of the answer. Pings, comments and parts of an event are no pieces.
    pub silence: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_token: Duration::from_mins(5),
            silence: Duration::from_mins(2),
        }
    }
}
