//! An answer as it streams in: what its bytes say, within time limits.

use std::sync::Arc;
use std::time::Duration;

use async_stream::try_stream;
use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use super::reading::{Closed, Progress, Reading};
use super::{Decoder, Limits, Peer};
use crate::call::ModelStream;
use crate::error::{Cause, Limit, ModelError};

/// How long to wait for what may follow the end marker, such as token counts.
const AFTER_END: Duration = Duration::from_secs(3);

/// Turns a response into the stream that providers return. Its content type is not looked at: servers
/// name it wrongly, and the first bytes tell.
pub(super) fn decode(
    mut response: Response,
    mut waits: Waits,
    peer: Arc<Peer>,
    decoder: Box<dyn Decoder>,
    model: &str,
) -> ModelStream {
    let mut reading = Reading::new(decoder, peer.clone(), model);
    Box::pin(try_stream! {
        loop {
            let chunk = timeout_at(waits.until(reading.progress()), response.chunk()).await;
            let mut pieces = Vec::new();
            let before = reading.progress();
            let read = match chunk {
                Ok(Ok(Some(chunk))) => reading.push(&chunk, &mut pieces),
                Ok(Ok(None)) => reading.end(Closed::Properly, &mut pieces).map(Some),
                Ok(Err(_)) => reading.end(Closed::Broken, &mut pieces).map(Some),
                Err(_) => match before {
                    Progress::Open | Progress::Unreliable => Err(waits.passed()),
                    _ => reading.end(Closed::Properly, &mut pieces).map(Some),
                },
            };
            waits.note(!pieces.is_empty(), before != reading.progress());
            for piece in pieces {
                yield piece;
            }
            if let Some(done) = read.map_err(|cause| ModelError::of(&peer, cause))? {
                yield done;
                break;
            }
        }
    })
}

/// How long to wait for the next piece of the answer. Only texts, thoughts and the end are pieces:
/// comments, pings and the bytes of an event that is not whole yet show no progress, so that a
/// connection which merely stays alive does not hold a run for ever.
pub(super) struct Waits {
    limits: Limits,
    /// When the last piece was there; at first, when the request was sent.
    last_piece: Instant,
    /// Whether a piece has come.
    has_begun: bool,
}

impl Waits {
    pub(super) fn new(limits: Limits, started: Instant) -> Self {
        Self { limits, last_piece: started, has_begun: false }
    }

    /// Takes note of pieces that came, and of the end.
    fn note(&mut self, has_pieces: bool, has_ended: bool) {
        self.has_begun |= has_pieces;
        if has_pieces || has_ended {
            self.last_piece = Instant::now();
        }
    }

    fn until(&self, progress: Progress) -> Instant {
        let limit = match progress {
            Progress::Ended | Progress::Over => AFTER_END.min(self.limits.silence),
            _ if self.has_begun => self.limits.silence,
            _ => self.limits.first_token,
        };
        self.last_piece + limit
    }

    fn passed(&self) -> Cause {
        if self.has_begun {
            Cause::Timeout { limit: Limit::Silence, after: self.limits.silence }
        } else {
            Cause::Timeout { limit: Limit::FirstToken, after: self.limits.first_token }
        }
    }
}
