//! An answer as it streams in: bytes to events to what they mean, strict about the end.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use align::model::{FinishReason, Usage};
use async_stream::try_stream;
use bytes::Bytes;
use eventsource_stream::{EventStreamError, Eventsource};
use futures_util::{Stream, StreamExt};
use reqwest::Response;
use tokio::time::timeout;

use super::body::describe;
use super::{Limits, Peer};
use crate::call::{ModelStream, StreamEvent};
use crate::error::{Cause, Limit, ModelError};

/// How long to wait for what may follow the end marker, such as token counts.
const AFTER_END: Duration = Duration::from_secs(3);

/// Reads the events of one wire format.
pub(crate) trait Decoder: Send {
    /// Reads the data of one event into text and thoughts.
    fn read(&mut self, data: &str) -> Result<Vec<StreamEvent>, Cause>;

    /// Why the answer ended; `None` until its end marker was read.
    fn finish(&self) -> Option<FinishReason>;

    /// Tokens, as far as they were counted.
    fn usage(&self) -> Option<Usage>;

    /// Whether nothing can follow any more.
    fn is_over(&self) -> bool;
}

/// Why no more bytes come.
enum Broken {
    Silent(Limit, Duration),
    Lost,
    /// The first bytes are no events; holds what they look like.
    NoEvents(&'static str),
}

/// Turns a response into the stream that providers return.
pub(super) fn decode(
    response: Response,
    waits: Waits,
    peer: Arc<Peer>,
    mut decoder: Box<dyn Decoder>,
) -> ModelStream {
    Box::pin(try_stream! {
        let mut events = pin!(bytes(response, waits).eventsource());
        loop {
            let next = if decoder.finish().is_some() {
                timeout(AFTER_END, events.next()).await.unwrap_or(None)
            } else {
                events.next().await
            };
            let data = match next {
                Some(Ok(event)) => event.data,
                // What breaks after the end marker takes nothing from the answer.
                Some(Err(_)) if decoder.finish().is_some() => break,
                Some(Err(error)) => Err(ModelError::of(&peer, cause(&error)))?,
                None => break,
            };
            for event in decoder.read(&data).map_err(|cause| ModelError::of(&peer, cause))? {
                yield event;
            }
            if decoder.is_over() {
                break;
            }
        }
        let finish = decoder.finish().ok_or_else(|| ModelError::of(&peer, Cause::CutShort))?;
        yield StreamEvent::Done { finish, usage: decoder.usage() };
    })
}

/// How long to wait for the next bytes.
#[derive(Clone, Copy)]
pub(super) struct Waits {
    pub(super) limits: Limits,
    /// When the request was sent.
    pub(super) started: Instant,
}

impl Waits {
    /// What is left of the time limit.
    fn next(self, is_first: bool) -> Duration {
        if is_first {
            self.limits.first_token.saturating_sub(self.started.elapsed())
        } else {
            self.limits.silence
        }
    }

    fn passed(self, is_first: bool) -> Broken {
        if is_first {
            Broken::Silent(Limit::FirstToken, self.limits.first_token)
        } else {
            Broken::Silent(Limit::Silence, self.limits.silence)
        }
    }
}

/// The bytes of a response, with a limit to every wait.
fn bytes(mut response: Response, waits: Waits) -> impl Stream<Item = Result<Bytes, Broken>> {
    try_stream! {
        let mut is_first = true;
        loop {
            let chunk = timeout(waits.next(is_first), response.chunk()).await;
            let chunk = chunk.map_err(|_| waits.passed(is_first))?;
            let Some(chunk) = chunk.map_err(|_| Broken::Lost)? else { break };
            if is_first && !begins_events(&chunk) {
                Err(Broken::NoEvents(describe(&chunk)))?;
            }
            is_first = is_first && chunk.is_empty();
            yield chunk;
        }
    }
}

/// Whether an event stream can begin like this: with a field, a comment, a line end, or a BOM.
fn begins_events(chunk: &[u8]) -> bool {
    chunk.first().is_none_or(|first| b"deir:\r\n\xef".contains(first))
}

fn cause(error: &EventStreamError<Broken>) -> Cause {
    match error {
        EventStreamError::Transport(Broken::Silent(limit, after)) => {
            Cause::Timeout { limit: *limit, after: *after }
        }
        EventStreamError::Transport(Broken::Lost) => Cause::CutShort,
        EventStreamError::Transport(Broken::NoEvents(what)) => malformed(what),
        // The stream ended in the middle of a character.
        EventStreamError::Utf8(error) if error.utf8_error().error_len().is_none() => {
            Cause::CutShort
        }
        EventStreamError::Utf8(_) => malformed("bytes that are no text"),
        EventStreamError::Parser(_) => malformed("a broken event stream"),
    }
}

fn malformed(what: &str) -> Cause {
    Cause::Malformed { what: what.to_owned() }
}
