//! The event stream of a prompt: `GET /api/prompts/{id}/events`.
//!
//! What is written is what the service encoded once for all who listen; axum's own events would be
//! copied for each.

use std::convert::Infallible;
use std::net::IpAddr;
use std::time::Duration;

use align::record::{EventId, PromptId};
use app::AppError;
use async_stream::stream;
use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt};
use service::{EventStream, ServiceError};
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::AppState;
use super::clients::{Full, Place as Held};
use super::limits;
use super::listen::Peer;
use super::refusal::Refusal;

/// How often a stream says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A comment, which browsers skip.
const ALIVE: Bytes = Bytes::from_static(b":\n\n");

/// Where a page wants to continue: the cursor of its snapshot. A reconnecting browser names a later
/// place in `Last-Event-ID`, which counts more.
#[derive(serde::Deserialize)]
pub(super) struct Place {
    after: Option<String>,
}

/// Streams events of the prompt until the page leaves, falls behind, or the server ends.
pub(super) async fn stream(
    State(state): State<AppState>,
    Extension(Peer(peer)): Extension<Peer>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
    headers: HeaderMap,
) -> Result<Response, StatusCode> {
    let id: PromptId = id.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    let studio = state.use_cases();
    studio.head(id).await.map_err(status)?;
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let after = last.or(place.after.as_deref()).and_then(EventId::parse);
    let client = client(peer.ip().to_canonical(), &headers);
    let held = match state.streams.enter(client) {
        Ok(held) => held,
        Err(full) => return Ok(too_many(full, client).text()),
    };
    let events = studio.subscribe(id, after).map_err(status)?;
    Ok(answer(pieces(events, state.ending, held)))
}

fn status(error: ServiceError) -> StatusCode {
    AppError::from(error).kind.status()
}

fn answer(pieces: impl Stream<Item = Bytes> + Send + 'static) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    (headers, Body::from_stream(pieces.map(Ok::<_, Infallible>))).into_response()
}

/// The pieces of an answer, as long as its client's place is `held`.
fn pieces(
    mut events: EventStream,
    mut ending: watch::Receiver<bool>,
    held: Held,
) -> impl Stream<Item = Bytes> + Send {
    let mut alive = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
    alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let pieces = stream! {
        let _held = held;
        loop {
            tokio::select! {
                biased;
                event = events.next() => match event {
                    Some(event) => yield event.block().clone(),
                    None => break,
                },
                _ = alive.tick() => yield ALIVE,
            }
        }
    };
    pieces.take_until(async move {
        // An error means that the server is gone, which ends the stream as well.
        let _ = ending.wait_for(|ending| *ending).await;
    })
}

/// Who is behind a connection. A proxy on this machine says so; from elsewhere anybody could claim
/// to be a proxy.
fn client(peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let last = headers.get_all("x-forwarded-for").iter().next_back();
    let forwarded = last
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    forwarded.filter(|_| peer.is_loopback()).map_or(peer, |address| address.to_canonical())
}

fn too_many(full: Full, client: IpAddr) -> Refusal {
    let most = limits::MAX_STREAMS_PER_CLIENT;
    let message = match full {
        Full::Client => format!("{most} pages of {client} follow their prompts already."),
        Full::Server => "Too many pages follow their prompts already.".to_owned(),
    };
    let hint = "Close some of them; a page that cannot follow shows what is new when it is loaded.";
    Refusal { status: StatusCode::TOO_MANY_REQUESTS, message, hint: hint.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_on_this_machine_says_who_is_behind_it() {
        let [local, far]: [IpAddr; 2] = ["127.0.0.1", "10.0.0.9"].map(|it| it.parse().unwrap());
        let mut headers = HeaderMap::new();
        assert_eq!(client(local, &headers), local);
        headers.insert("x-forwarded-for", "1.2.3.4, 10.0.0.7".parse().unwrap());
        assert_eq!(client(local, &headers).to_string(), "10.0.0.7");
        assert_eq!(client(far, &headers), far);
        headers.insert("x-forwarded-for", "unknown".parse().unwrap());
        assert_eq!(client(local, &headers), local);
    }
}
