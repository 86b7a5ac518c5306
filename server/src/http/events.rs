//! The event stream of a prompt: `GET /api/prompts/{id}/events`.

use std::convert::Infallible;
use std::net::IpAddr;
use std::time::Duration;

use align::record::{EventId, PromptEvent, PromptId};
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt};

use super::AppState;
use super::clients::{Full, Place as Held};
use super::limits;
use super::listen::Peer;
use super::refusal::Refusal;

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
    Extension(Peer(peer)): Extension<Peer>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
    headers: HeaderMap,
) -> Result<Response, StatusCode> {
    let id: PromptId = id.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    state.studio.head(id).await.map_err(|_| StatusCode::NOT_FOUND)?;
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let after = last.or(place.after.as_deref()).and_then(EventId::parse);
    let client = client(peer.ip().to_canonical(), &headers);
    Ok(match state.streams.enter(client) {
        Ok(held) => follow(&state, id, after, held).into_response(),
        Err(full) => too_many(full, client).text(),
    })
}

fn follow(
    state: &AppState,
    id: PromptId,
    after: Option<EventId>,
    held: Held,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let mut ending = state.ending.clone();
    let events = state
        .studio
        .subscribe(id, after)
        .filter_map(move |event| {
            // The stream holds its client's place for as long as it is there.
            let _held = &held;
            std::future::ready(encode(&event))
        })
        .map(Ok)
        .take_until(async move {
            // An error means that the server is gone, which ends the stream as well.
            let _ = ending.wait_for(|ending| *ending).await;
        });
    Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))
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
