//! An answer as it streams in: bytes to events to what they mean, strict about the end.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use align::model::{FinishReason, Usage};
use async_stream::try_stream;
use bytes::{Bytes, BytesMut};
use eventsource_stream::{EventStreamError, Eventsource};
use futures_util::{Stream, StreamExt};
use reqwest::Response;
use tokio::time::{Instant, timeout, timeout_at};

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

/// The most bytes that one event may take, so that a line without an end does not fill the memory.
const EVENT_LIMIT_BYTES: usize = 4 << 20;

/// Why no more bytes come.
enum Broken {
    Lost,
    /// The first bytes are no events; holds what they look like.
    NoEvents(&'static str),
    /// An event passed its limit.
    TooLarge,
}

/// Turns a response into the stream that providers return.
pub(super) fn decode(
    response: Response,
    waits: Waits,
    peer: Arc<Peer>,
    mut decoder: Box<dyn Decoder>,
) -> ModelStream {
    Box::pin(try_stream! {
        let unread = Arc::new(AtomicUsize::new(0));
        let mut events = pin!(bytes(response, unread.clone()).eventsource());
        let mut waits = waits;
        loop {
            let next = if decoder.finish().is_some() {
                timeout(AFTER_END, events.next()).await.unwrap_or(None)
            } else {
                let next = timeout_at(waits.until(), events.next()).await;
                next.map_err(|_| ModelError::of(&peer, waits.passed()))?
            };
            unread.store(0, Ordering::Relaxed);
            let data = match next {
                Some(Ok(event)) => event.data,
                // What breaks after the end marker takes nothing from the answer.
                Some(Err(_)) if decoder.finish().is_some() => break,
                Some(Err(error)) => Err(ModelError::of(&peer, waits.broken(cause(&error))))?,
                None => break,
            };
            for event in decoder.read(&data).map_err(|cause| ModelError::of(&peer, cause))? {
                waits.last_piece = Some(Instant::now());
                yield event;
            }
            if decoder.is_over() {
                break;
            }
        }
        let broken = || ModelError::of(&peer, waits.broken(Cause::CutShort));
        let finish = decoder.finish().ok_or_else(broken)?;
        yield StreamEvent::Done { finish, usage: decoder.usage() };
    })
}

/// How long to wait for the next piece of the answer. Only texts, thoughts and the end are pieces:
/// comments, pings and the bytes of an event that is not whole yet show no progress, so that a
/// connection which merely stays alive does not hold a run for ever.
pub(super) struct Waits {
    limits: Limits,
    /// When the request was sent.
    started: Instant,
    /// When the last piece was there.
    last_piece: Option<Instant>,
}

impl Waits {
    pub(super) fn new(limits: Limits, started: Instant) -> Self {
        Self { limits, started, last_piece: None }
    }

    fn until(&self) -> Instant {
        match self.last_piece {
            None => self.started + self.limits.first_token,
            Some(last) => last + self.limits.silence,
        }
    }

    /// What a broken connection means: before the first piece, there is nothing to be cut short.
    fn broken(&self, cause: Cause) -> Cause {
        match cause {
            Cause::CutShort if self.last_piece.is_none() => Cause::NoAnswer,
            cause => cause,
        }
    }

    fn passed(&self) -> Cause {
        match self.last_piece {
            None => Cause::Timeout { limit: Limit::FirstToken, after: self.limits.first_token },
            Some(_) => Cause::Timeout { limit: Limit::Silence, after: self.limits.silence },
        }
    }
}

/// The bytes of a response, in whole lines: the reader of events would go over the beginning of a
/// long line again with every packet of it. `unread` counts the bytes since the last whole event.
fn bytes(
    mut response: Response,
    unread: Arc<AtomicUsize>,
) -> impl Stream<Item = Result<Bytes, Broken>> {
    try_stream! {
        let mut is_first = true;
        let mut line = BytesMut::new();
        while let Some(mut chunk) = response.chunk().await.map_err(|_| Broken::Lost)? {
            if is_first && !begins_events(&chunk) {
                Err(Broken::NoEvents(describe(&chunk)))?;
            }
            is_first = is_first && chunk.is_empty();
            if unread.fetch_add(chunk.len(), Ordering::Relaxed) > EVENT_LIMIT_BYTES {
                Err(Broken::TooLarge)?;
            }
            let Some(end) = chunk.iter().rposition(|byte| b"\r\n".contains(byte)) else {
                line.extend_from_slice(&chunk);
                continue;
            };
            let rest = chunk.split_off(end + 1);
            if line.is_empty() {
                yield chunk;
            } else {
                line.extend_from_slice(&chunk);
                yield line.split().freeze();
            }
            line.extend_from_slice(&rest);
        }
        // What the end cut off tells whether it was in the middle of a character.
        yield line.freeze();
    }
}

/// Whether an event stream can begin like this: with a field, a comment, a line end, or a BOM.
fn begins_events(chunk: &[u8]) -> bool {
    chunk.first().is_none_or(|first| b"deir:\r\n\xef".contains(first))
}

fn cause(error: &EventStreamError<Broken>) -> Cause {
    match error {
        EventStreamError::Transport(Broken::Lost) => Cause::CutShort,
        EventStreamError::Transport(Broken::NoEvents(what)) => malformed(what),
        EventStreamError::Transport(Broken::TooLarge) => malformed("a line without an end"),
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
