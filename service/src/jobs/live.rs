//! What has arrived of an answer, ahead of its row.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use align::model::Usage;
use align::record::{Event, Waiting};
use tokio_util::sync::CancellationToken;

use crate::clock::elapsed_ms;

/// What has arrived of an answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arrived {
    /// Which try it belongs to, from 1.
    pub(crate) tries: u8,
    /// All text of that try.
    pub(crate) text: String,
    /// What the model thought in that try.
    pub(crate) thoughts: String,
    /// Whether the system instructions were sent in front of the first message.
    pub(crate) instructions_moved: bool,
    /// Milliseconds to the first token of that try.
    pub(crate) first_token_ms: Option<u32>,
    /// Tokens of all tries.
    pub(crate) usage: Option<Usage>,
    /// The event that tells how the job ended, while the store does not take that.
    pub(crate) unsaved: Option<Event>,
    waiting: Option<(Waiting, Instant)>,
}

impl Arrived {
    /// What the job waits for, as it is now.
    pub(crate) fn waiting(&self) -> Option<Waiting> {
        let (waiting, since) = self.waiting.clone()?;
        Some(waiting.later(elapsed_ms(since).into()))
    }

    /// Says what the job waits for from now on.
    pub(super) fn wait(&mut self, waiting: Option<Waiting>) {
        self.waiting = waiting.map(|waiting| (waiting, Instant::now()));
    }

    /// Begins another try.
    pub(super) fn begin_again(&mut self) {
        *self = Self { tries: self.tries + 1, usage: self.usage, ..Self::default() };
    }
}

/// What a job shares with the rest: its text, and the two ways in which it is asked to end early.
#[derive(Clone)]
pub(super) struct Live {
    /// A person pressed Stop.
    pub(super) person: CancellationToken,
    /// The server ends.
    pub(super) server: CancellationToken,
    arrived: Arc<Mutex<Arrived>>,
}

impl Live {
    /// For a new job of a server that ends with `server`.
    pub(super) fn new(server: CancellationToken) -> Self {
        let arrived = Arrived { tries: 1, ..Arrived::default() };
        Self { person: CancellationToken::new(), server, arrived: Arc::new(Mutex::new(arrived)) }
    }

    /// Changes or reads what has arrived.
    pub(super) fn with<T>(&self, change: impl FnOnce(&mut Arrived) -> T) -> T {
        // Text is only ever appended or replaced, so it is complete after a panic, too.
        change(&mut self.arrived.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What has arrived.
    pub(super) fn arrived(&self) -> Arrived {
        self.with(|arrived| arrived.clone())
    }
}
