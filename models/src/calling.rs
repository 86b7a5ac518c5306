//! A call from its place in the line to its last event: in turn, tried again where that may help.

use std::sync::Arc;
use std::time::Duration;

use align::record::Waiting;
use async_stream::try_stream;
use futures_util::StreamExt;
use tracing::{debug, info};

use crate::call::{Call, ModelStream, StreamEvent};
use crate::error::{Cause, ModelError, Parameter};
use crate::form::Forms;
use crate::line::Seat;
use crate::provider::Provider;
use crate::retries::{Pause, Retries, Tries};

/// Calls `provider` when it is the turn of this call's `seat`, and after each pause between two tries as soon as it
/// still is, or is again.
pub(crate) fn call(
    provider: Arc<dyn Provider>,
    mut seat: Seat,
    retries: Retries,
    forms: Forms,
    call: Call,
) -> ModelStream {
    Box::pin(try_stream! {
        let mut tries = None;
        let mut has_waited = false;
        let (first, mut rest) = loop {
            while let Some(place) = seat.place() {
                has_waited = true;
                yield StreamEvent::Waiting(turn(place, provider.label()));
                seat.moved().await;
            }
            if has_waited {
                yield StreamEvent::Asking;
            }
            let tries = tries.get_or_insert_with(|| Tries::new(retries));
            let mut error = match begin_in_form(provider.as_ref(), &forms, &call).await {
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
            has_waited = true;
            seat.pause();
            yield StreamEvent::Waiting(retry(&pause, retries, &error));
            tokio::time::sleep(pause.duration).await;
            seat.resume();
        };
        if forms.of(&call.model).moves_instructions(&call) {
            yield StreamEvent::InstructionsMoved;
        }
        yield first;
        while let Some(event) = rest.next().await {
            yield event?;
        }
    })
}

/// One try in the form that the model takes: after a refusal of a parameter it is asked again at once
/// without it, once for each parameter.
async fn begin_in_form(
    provider: &dyn Provider,
    forms: &Forms,
    call: &Call,
) -> Result<(StreamEvent, ModelStream), ModelError> {
    let mut form = forms.of(&call.model);
    loop {
        let begun = begin(provider, &form.of(call)).await;
        let Err(mut error) = begun else {
            forms.keep(&call.model, form);
            return begun;
        };
        let Cause::Refused { parameter, status, said } = &error.cause else {
            return Err(error);
        };
        if let Some(other) = form.without(*parameter, call) {
            let (provider, parameter) = (provider.id(), *parameter);
            info!(provider, model = call.model, ?parameter, "a call is made in another form");
            form = other;
            continue;
        }
        // What nobody chose cannot be given up by anyone.
        if !matches!(parameter, Parameter::Setting(setting) if call.settings.has(*setting)) {
            error.cause = Cause::InvalidRequest { status: *status, said: said.clone() };
        }
        return Err(error);
    }
}

/// One call, up to its first event.
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
