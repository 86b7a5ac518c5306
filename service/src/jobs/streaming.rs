//! Following an answer: deltas out at once, text kept from time to time, an end in every case.

use std::convert::Infallible;
use std::future::Future;
use std::time::{Duration, Instant};

use align::model::{Failure, FailureKind, FinishReason, Usage};
use align::record::Waiting;
use futures_util::StreamExt;
use models::{ModelStream, StreamEvent};
use store::StoreError;
use tokio::time::{Instant as TokioInstant, sleep_until};

use crate::clock::elapsed_ms;
use crate::jobs::{Arrived, Live, Stops};
use crate::limits::MAX_OUTPUT_BYTES;

/// Deltas that arrive closer together than this leave as one. The first leaves at once.
const JOIN: Duration = Duration::from_millis(12);

/// How often text that arrived is written down before the end.
const KEEP: Duration = Duration::from_millis(500);

/// Where an answer goes.
pub(crate) trait Sink: Send + Sync {
    /// More text arrived, after `offset` bytes.
    fn delta(&self, offset: usize, text: &str, first_token_ms: u32);

    /// The text that arrived was not the answer yet, which begins anew.
    fn begins_anew(&self);

    /// The answer waits for something, or (`None`) no longer does.
    fn waits(&self, waiting: Option<Waiting>);

    /// Writes down what has arrived so far; false if the store did not take it.
    fn keep(&self, arrived: Arrived) -> impl Future<Output = bool> + Send;
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

/// Follows the answer of a call until it ends or is stopped. Saving goes on beside it: a slow disk
/// holds up neither the text nor Stop.
pub(crate) async fn follow(
    stream: ModelStream,
    started: Instant,
    stops: &Stops,
    sink: &impl Sink,
) -> Answer {
    let mut arriving = Arriving { started, live: &stops.live, sink, sent: 0, sent_at: None };
    let mut usage = None;
    let end = tokio::select! {
        biased;
        end = stopped(stops) => end,
        end = arriving.receive(stream, &mut usage) => end,
        never = keep(&stops.live, sink) => match never {},
    };
    arriving.send();
    let Arrived { text, first_token_ms, .. } = stops.live.with(|arrived| arrived.clone());
    Answer { text, first_token_ms, usage, end }
}

struct Arriving<'a, S> {
    started: Instant,
    live: &'a Live,
    sink: &'a S,
    /// Bytes that left as deltas.
    sent: usize,
    /// When the last delta left.
    sent_at: Option<TokioInstant>,
}

impl<S: Sink> Arriving<'_, S> {
    async fn receive(&mut self, mut stream: ModelStream, usage: &mut Option<Usage>) -> End {
        let mut waiting = false;
        loop {
            // A stream that always has more must not keep its thread for itself.
            tokio::task::consume_budget().await;
            let due = self.sent_at.map_or_else(TokioInstant::now, |sent_at| sent_at + JOIN);
            let event = tokio::select! {
                biased;
                () = sleep_until(due), if waiting => {
                    self.send();
                    waiting = false;
                    continue;
                }
                event = stream.next() => event,
            };
            match event {
                Some(Ok(StreamEvent::Text(text))) => {
                    if self.add(&text) > MAX_OUTPUT_BYTES {
                        return End::Failed(too_long());
                    }
                    waiting = due > TokioInstant::now();
                    if !waiting {
                        self.send();
                    }
                }
                Some(Ok(StreamEvent::Thought(_))) => {}
                Some(Ok(StreamEvent::TextWasThought)) => {
                    self.live.with(|arrived| arrived.text.clear());
                    self.sent = 0;
                    waiting = false;
                    self.sink.begins_anew();
                }
                Some(Ok(StreamEvent::Waiting(waiting))) => self.wait(Some(waiting)),
                Some(Ok(StreamEvent::Asking)) => self.wait(None),
                Some(Ok(StreamEvent::Done { finish, usage: counted })) => {
                    *usage = counted;
                    return End::Done(finish);
                }
                Some(Err(error)) => return End::Failed(error.failure()),
                None => return End::Failed(cut_short()),
            }
        }
    }

    /// Shows what the answer waits for, in snapshots before any event says it.
    fn wait(&self, waiting: Option<Waiting>) {
        self.live.with(|arrived| arrived.waiting = waiting.clone().map(|it| (it, Instant::now())));
        self.sink.waits(waiting);
    }

    /// Takes up text and says how much there is now. Snapshots show it before any event does.
    fn add(&self, text: &str) -> usize {
        self.live.with(|arrived| {
            arrived.first_token_ms.get_or_insert_with(|| elapsed_ms(self.started));
            // Null characters would be lost in pages, and with them the place of what follows.
            arrived.text.extend(text.split_inclusive('\0').flat_map(visible));
            arrived.text.len()
        })
    }

    fn send(&mut self) {
        let (text, first_token_ms) = self.live.with(|arrived| {
            (arrived.text[self.sent..].to_owned(), arrived.first_token_ms.unwrap_or_default())
        });
        if !text.is_empty() {
            self.sink.delta(self.sent, &text, first_token_ms);
            self.sent += text.len();
            self.sent_at = Some(TokioInstant::now());
        }
    }
}

/// Writes down what has arrived from time to time, less often where writing takes long.
async fn keep(live: &Live, sink: &impl Sink) -> Infallible {
    let mut kept = 0;
    let mut pause = KEEP;
    loop {
        tokio::time::sleep(pause).await;
        let arrived = live.with(|arrived| (arrived.text.len() != kept).then(|| arrived.clone()));
        let Some(arrived) = arrived else { continue };
        let (begun, length) = (Instant::now(), arrived.text.len());
        if sink.keep(arrived).await {
            kept = length;
        }
        pause = KEEP.max(begun.elapsed() * 10);
    }
}

/// Completes when the answer is to end early.
async fn stopped(stops: &Stops) -> End {
    tokio::select! {
        () = stops.person.cancelled() => End::Stopped,
        () = stops.server.cancelled() => End::Interrupted,
    }
}

/// A piece of a text that may end in a null character, with U+FFFD in its place.
fn visible(piece: &str) -> [&str; 2] {
    match piece.strip_suffix('\0') {
        Some(text) => [text, "\u{FFFD}"],
        None => [piece, ""],
    }
}

fn too_long() -> Failure {
    Failure::new(
        FailureKind::InvalidRequest,
        format!("The answer passed {} MB and was stopped.", MAX_OUTPUT_BYTES >> 20),
        "Set Max output tokens, or ask for a shorter answer.",
    )
}

fn cut_short() -> Failure {
    Failure::new(
        FailureKind::CutShort,
        "The answer ended without its end marker.",
        "What had arrived is kept. Run again for the whole answer.",
    )
}

/// What a person reads while the end of an answer cannot be written down.
pub(crate) fn not_saved(error: &StoreError) -> Failure {
    let because = match error {
        StoreError::Unavailable { obstacle, .. } => obstacle.to_string(),
        _ => "the database refuses it".to_owned(),
    };
    Failure::new(
        FailureKind::Provider,
        format!("This answer is not saved yet: {because}."),
        "It is saved by itself once that is over, as long as the server runs. Until then, \
            copy what you must not lose.",
    )
}

/// What a person reads when our own code failed in the middle.
pub(crate) fn our_fault() -> Failure {
    Failure::new(
        FailureKind::Provider,
        "Something went wrong inside Attune while the answer arrived.",
        "Try again; the log of the server says more.",
    )
}
