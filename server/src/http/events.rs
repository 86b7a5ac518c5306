//! The event stream of a prompt: `GET /api/prompts/{id}/events`.

use std::convert::Infallible;
use std::time::Duration;

use align::record::{EventId, PromptEvent, PromptId};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt};

use super::AppState;

/// How often an idle stream says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Where a page wants to continue: the cursor of its snapshot. A reconnecting browser names a later
/// place in `Last-Event-ID`, which counts more.
#[derive(serde::Deserialize)]
pub(super) struct Place {
    after: Option<String>,
}

/// Streams events of the prompt until the page leaves, falls behind, or the server ends.
pub(super) async fn stream(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, StatusCode> {
    let id: PromptId = id.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    state.studio.head(id).await.map_err(|_| StatusCode::NOT_FOUND)?;
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let after = last.or(place.after.as_deref()).and_then(EventId::parse);
    let mut ending = state.ending.clone();
    let events = state
        .studio
        .subscribe(id, after)
        .filter_map(|event| std::future::ready(encode(&event)))
        .map(Ok)
        .take_until(async move {
            // An error means that the server is gone, which ends the stream as well.
            let _ = ending.wait_for(|ending| *ending).await;
        });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

/// One event on the wire; its data is the JSON of [`align::record::Event`].
fn encode(event: &PromptEvent) -> Option<Event> {
    match Event::default().id(event.id.to_string()).json_data(&event.event) {
        Ok(encoded) => Some(encoded),
        Err(error) => {
            tracing::error!(%error, "an event could not be encoded");
            None
        }
    }
}
