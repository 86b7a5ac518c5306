//! Following an answer: deltas out at once, text kept from time to time, an end in every case.

use std::future::Future;
use std::time::{Duration, Instant};

use align::model::{Failure, FailureKind, FinishReason, Usage};
use futures_util::StreamExt;
use models::{ModelError, ModelStream, StreamEvent};
use tokio::time::{Instant as TokioInstant, sleep_until};

use crate::clock::elapsed_ms;
use crate::limits::MAX_OUTPUT_BYTES;
use crate::tasks::Stops;

/// Deltas that arrive closer together than this leave as one. The first leaves at once.
const JOIN: Duration = Duration::from_millis(12);

/// How often text that arrived is written down before the end.
const KEEP: Duration = Duration::from_millis(500);

/// Where an answer goes.
pub(crate) trait Sink: Send {
    /// More text arrived, after `offset` bytes.
    fn delta(&mut self, offset: usize, text: &str, first_token_ms: u32);

    /// Writes down what has arrived so far.
    fn keep(&mut self, text: &str, first_token_ms: Option<u32>) -> impl Future<Output = ()> + Send;
}

/// An answer that ended.
#[derive(Debug)]
pub(crate) struct Answer {
    /// All text that arrived.
    pub(crate) text: String,
    /// Milliseconds to the first token.
    pub(crate) first_token_ms: Option<u32>,
    /// Tokens.
    pub(crate) usage: Option<Usage>,
    /// How it ended.
    pub(crate) end: End,
}

/// How an answer ended.
#[derive(Debug)]
pub(crate) enum End {
    /// It is complete.
    Done(FinishReason),
    /// A person stopped it.
    Stopped,
    /// The server ends.
    Interrupted,
    /// It failed.
    Failed(Failure),
}

/// Follows the answer of a call until it ends or is stopped.
pub(crate) async fn follow(
    call: impl Future<Output = Result<ModelStream, ModelError>> + Send,
    started: Instant,
    stops: &Stops,
    sink: &mut impl Sink,
) -> Answer {
    let mut answer = Arriving { started, text: String::new(), sent: 0, first_token_ms: None };
    let mut usage = None;
    let end = tokio::select! {
        biased;
        end = stopped(stops) => end,
        opened = call => match opened {
            Ok(stream) => answer.read(stream, stops, sink, &mut usage).await,
            Err(error) => End::Failed(error.failure()),
        },
    };
    answer.send(sink);
    Answer { text: answer.text, first_token_ms: answer.first_token_ms, usage, end }
}

struct Arriving {
    started: Instant,
    text: String,
    /// Bytes of `text` that left as deltas.
    sent: usize,
    first_token_ms: Option<u32>,
}

impl Arriving {
    async fn read(
        &mut self,
        mut stream: ModelStream,
        stops: &Stops,
        sink: &mut impl Sink,
        usage: &mut Option<Usage>,
    ) -> End {
        let mut kept = TokioInstant::now();
        let mut joining_until = TokioInstant::now();
        loop {
            let waiting = self.sent < self.text.len();
            tokio::select! {
                biased;
                end = stopped(stops) => return end,
                () = sleep_until(joining_until), if waiting => self.send(sink),
                event = stream.next() => match event {
                    Some(Ok(StreamEvent::Text(text))) => {
                        if !waiting {
                            joining_until = TokioInstant::now() + JOIN;
                        }
                        self.add(&text, sink);
                        if self.text.len() > MAX_OUTPUT_BYTES {
                            return End::Failed(too_long());
                        }
                    }
                    Some(Ok(StreamEvent::Thought(_))) => {}
                    Some(Ok(StreamEvent::Done { finish, usage: counted })) => {
                        *usage = counted;
                        return End::Done(finish);
                    }
                    Some(Err(error)) => return End::Failed(error.failure()),
                    None => return End::Failed(cut_short()),
                },
            }
            if kept.elapsed() >= KEEP {
                sink.keep(&self.text, self.first_token_ms).await;
                kept = TokioInstant::now();
            }
        }
    }

    fn add(&mut self, text: &str, sink: &mut impl Sink) {
        self.text.push_str(text);
        if self.first_token_ms.is_none() {
            self.first_token_ms = Some(elapsed_ms(self.started));
            self.send(sink);
        }
    }

    fn send(&mut self, sink: &mut impl Sink) {
        if self.sent < self.text.len() {
            sink.delta(self.sent, &self.text[self.sent..], self.first_token_ms.unwrap_or_default());
            self.sent = self.text.len();
        }
    }
}

/// Completes when the answer is to end early.
async fn stopped(stops: &Stops) -> End {
    tokio::select! {
        () = stops.person.cancelled() => End::Stopped,
        () = stops.server.cancelled() => End::Interrupted,
    }
}

fn too_long() -> Failure {
    Failure {
        kind: FailureKind::InvalidRequest,
        message: format!("The answer passed {} MB and was stopped.", MAX_OUTPUT_BYTES >> 20),
        hint: "Set Max output tokens, or ask for a shorter answer.".to_owned(),
        retry_after_ms: None,
    }
}

fn cut_short() -> Failure {
    Failure {
        kind: FailureKind::CutShort,
        message: "The answer ended without its end marker.".to_owned(),
        hint: "What had arrived is kept. Run again for the whole answer.".to_owned(),
        retry_after_ms: None,
    }
}

/// What a person reads when our own code failed in the middle.
pub(crate) fn our_fault() -> Failure {
    Failure {
        kind: FailureKind::Provider,
        message: "Something went wrong inside Attune while the answer arrived.".to_owned(),
        hint: "Try again; the log of the server says more.".to_owned(),
        retry_after_ms: None,
    }
}
