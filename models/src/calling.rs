//! A call from its place in the line to its last event: in turn, tried again where that may help.

use std::sync::Arc;
use std::time::Duration;

use align::record::Waiting;
use async_stream::try_stream;
use futures_util::StreamExt;
use tracing::{debug, info};

use crate::call::{Call, ModelStream, StreamEvent};
use crate::error::{Cause, ModelError};
use crate::line::Line;
use crate::provider::Provider;
use crate::retries::{Pause, Retries, Tries};

/// Calls `provider` when it is this call's turn. The place in the line is kept during pauses: a
/// provider that turned one call away is not asked by the next one instead.
pub(crate) fn call(
    provider: Arc<dyn Provider>,
    line: &Line,
    retries: Retries,
    call: Call,
) -> ModelStream {
    let mut seat = line.join();
    Box::pin(try_stream! {
        if seat.place().is_some() {
            while let Some(place) = seat.place() {
                yield StreamEvent::Waiting(turn(place, provider.label()));
                seat.moved().await;
            }
            yield StreamEvent::Asking;
        }
        let mut tries = Tries::new(retries);
        let (first, mut rest) = loop {
            let mut error = match begin(provider.as_ref(), &call).await {
                Ok(begun) => break begun,
                Err(error) => error,
            };
            let Some(pause) = tries.after(&mut error) else {
                let (provider, kind) = (provider.id(), error.kind());
                debug!(provider, model = call.model, ?kind, "a call failed before its answer began");
                Err(error)?;
                return;
            };
            let (provider, kind, wait) = (provider.id(), error.kind(), pause.duration);
            info!(provider, model = call.model, ?kind, ?wait, next_try = pause.next_try, "a call is tried again");
            yield StreamEvent::Waiting(retry(&pause, retries, &error));
            tokio::time::sleep(pause.duration).await;
            yield StreamEvent::Asking;
        };
        yield first;
        while let Some(event) = rest.next().await {
            yield event?;
        }
    })
}

/// One try, up to its first event.
async fn begin(
    provider: &dyn Provider,
    call: &Call,
) -> Result<(StreamEvent, ModelStream), ModelError> {
    let mut stream = provider.stream(call).await?;
    let first = stream.next().await;
    let first = first.ok_or_else(|| ModelError::new(provider.label(), Cause::NoAnswer))??;
    Ok((first, stream))
}

fn turn(place: usize, label: &str) -> Waiting {
    Waiting::Turn { place: u32::try_from(place).unwrap_or(u32::MAX), provider: label.to_owned() }
}

fn retry(pause: &Pause, retries: Retries, error: &ModelError) -> Waiting {
    Waiting::Retry {
        next_try: pause.next_try,
        tries: retries.tries,
        wait_ms: millis(pause.duration),
        cause: error.first_message(),
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
