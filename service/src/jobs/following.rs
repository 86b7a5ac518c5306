//! Following an answer: deltas out at once, text kept from time to time, an end in every case.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use align::model::{FinishReason, Usage};
use align::record::Waiting;
use futures_util::StreamExt;
use models::{ModelStream, StreamEvent};
use tokio::time::{Instant as TokioInstant, sleep_until};

use super::failures::{cut_short, too_long};
use super::live::Live;
use super::{Arrived, Asking, Delta, Job, Unanswered};
use crate::clock::elapsed_ms;
use crate::limits::MAX_OUTPUT_BYTES;

/// Deltas that arrive closer together than this leave as one. The first leaves at once.
const JOIN: Duration = Duration::from_millis(12);

/// How often text that arrived is written down before the end.
const KEEP: Duration = Duration::from_millis(500);

/// Follows the answer of a call until it ends or is stopped, and says why it ended. Saving goes on
/// beside it: a slow disk holds up neither the text nor Stop.
pub(super) async fn follow<J: Job>(
    stream: ModelStream,
    asking: &Asking<'_, J>,
    usage: &mut Option<Usage>,
) -> Result<FinishReason, Unanswered> {
    let mut arriving =
        Arriving { asking, started: Instant::now(), sent: 0, thoughts_sent: 0, sent_at: None };
    let end = tokio::select! {
        biased;
        end = stopped(asking.live) => Err(end),
        end = arriving.receive(stream, usage) => end,
        never = keep(asking) => match never {},
    };
    arriving.send();
    end
}

struct Arriving<'a, J> {
    asking: &'a Asking<'a, J>,
    started: Instant,
    /// Bytes that left as deltas.
    sent: usize,
    /// Bytes of thoughts that left as deltas.
    thoughts_sent: usize,
    /// When the last delta left.
    sent_at: Option<TokioInstant>,
}

impl<J: Job> Arriving<'_, J> {
    async fn receive(
        &mut self,
        mut stream: ModelStream,
        usage: &mut Option<Usage>,
    ) -> Result<FinishReason, Unanswered> {
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
                    self.add(&text);
                    waiting = self.send_if_due(due)?;
                }
                Some(Ok(StreamEvent::Thought(text))) => {
                    self.think(&text);
                    waiting = self.send_if_due(due)?;
                }
                Some(Ok(StreamEvent::TextWasThought)) => {
                    self.take_back();
                    waiting = false;
                }
                Some(Ok(StreamEvent::Waiting(waiting))) => self.wait(Some(waiting)),
                Some(Ok(StreamEvent::Asking)) => self.wait(None),
                Some(Ok(StreamEvent::InstructionsMoved)) => {
                    self.asking.live.with(|arrived| arrived.instructions_moved = true);
                }
                Some(Ok(StreamEvent::Done { finish, usage: counted })) => {
                    *usage = counted;
                    return Ok(finish);
                }
                Some(Err(error)) => return Err(Unanswered::Failed(error.failure())),
                None => return Err(Unanswered::Failed(cut_short())),
            }
        }
    }

    /// Shows what the answer waits for, in snapshots before any event says it.
    fn wait(&self, waiting: Option<Waiting>) {
        self.asking.live.with(|arrived| arrived.wait(waiting.clone()));
        self.asking.publish(self.asking.job.waits(waiting));
    }

    /// Takes up text. Snapshots show it before any event does.
    fn add(&self, text: &str) {
        self.asking.live.with(|arrived| {
            arrived.first_token_ms.get_or_insert_with(|| elapsed_ms(self.started));
            arrived.text.extend(visible(text));
        });
    }

    /// Takes up a thought.
    fn think(&self, text: &str) {
        self.asking.live.with(|arrived| arrived.thoughts.extend(visible(text)));
    }

    /// Makes a thought of all text so far.
    fn take_back(&mut self) {
        self.thoughts_sent = self.asking.live.with(|arrived| {
            let text = std::mem::take(&mut arrived.text);
            arrived.thoughts.push_str(&text);
            arrived.thoughts.len()
        });
        self.sent = 0;
        self.asking.tell_record();
    }

    /// Sends what arrived if it is time; says whether it waits to be sent.
    fn send_if_due(&mut self, due: TokioInstant) -> Result<bool, Unanswered> {
        if self.asking.live.with(|arrived| length(arrived)) > MAX_OUTPUT_BYTES {
            return Err(Unanswered::Failed(too_long()));
        }
        let waits = due > TokioInstant::now();
        if !waits {
            self.send();
        }
        Ok(waits)
    }

    fn send(&mut self) {
        self.send_thoughts();
        self.send_text();
    }

    fn send_thoughts(&mut self) {
        let offset = self.thoughts_sent;
        let text = self.asking.live.with(|arrived| arrived.thoughts[offset..].to_owned());
        if text.is_empty() {
            return;
        }
        self.thoughts_sent += text.len();
        self.sent_at = Some(TokioInstant::now());
        if let Some(event) = self.asking.job.thinks(offset as u64, text) {
            self.asking.publish(event);
        }
    }

    fn send_text(&mut self) {
        let delta = self.asking.live.with(|arrived| Delta {
            tries: arrived.tries,
            offset: self.sent as u64,
            text: arrived.text[self.sent..].to_owned(),
            first_token_ms: arrived.first_token_ms.unwrap_or_default(),
        });
        if delta.text.is_empty() {
            return;
        }
        self.sent += delta.text.len();
        self.sent_at = Some(TokioInstant::now());
        if let Some(event) = self.asking.job.arrives(delta) {
            self.asking.publish(event);
        }
    }
}

/// Writes down what has arrived from time to time, less often where writing takes long.
async fn keep<J: Job>(asking: &Asking<'_, J>) -> Infallible {
    let mut kept = 0;
    let mut pause = KEEP;
    loop {
        tokio::time::sleep(pause).await;
        let arrived =
            asking.live.with(|arrived| (length(arrived) != kept).then(|| arrived.clone()));
        let Some(arrived) = arrived else { continue };
        let (begun, length) = (Instant::now(), length(&arrived));
        match asking.job.keep(&asking.studio.shared.store, arrived).await {
            Ok(()) => kept = length,
            Err(error) => tracing::warn!(%error, "what has arrived could not be saved"),
        }
        pause = KEEP.max(begun.elapsed() * 10);
    }
}

/// Completes when the answer is to end early.
async fn stopped(live: &Live) -> Unanswered {
    tokio::select! {
        () = live.person.cancelled() => Unanswered::Stopped,
        () = live.server.cancelled() => Unanswered::Interrupted,
    }
}

/// Bytes of text and thoughts.
fn length(arrived: &Arrived) -> usize {
    arrived.text.len() + arrived.thoughts.len()
}

/// A text in pieces, with U+FFFD in the place of null characters: those would be lost in pages, and
/// with them the place of what follows.
fn visible(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\0').flat_map(|piece| match piece.strip_suffix('\0') {
        Some(text) => [text, "\u{FFFD}"],
        None => [piece, ""],
    })
}
