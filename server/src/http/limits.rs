//! Limits of requests and connections, so that one client cannot take the server from the others.

use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::StreamExt;
use futures_util::stream::try_unfold;
use tokio::time::{Instant, timeout, timeout_at};

use super::refusal::Refusal;

/// The largest request body: a working copy of a 1 MB prompt, escaped as JSON, with its values.
pub(super) const MAX_BODY_BYTES: usize = 8 << 20;

/// From here on the head of a request (its line and headers) is too large. hyper looks after each
/// read, so that up to twice as much may get through. Browsers send a tenth of it.
pub(super) const MAX_HEAD_BYTES: usize = 32 << 10;

/// The most headers of a request.
pub(super) const MAX_HEADERS: usize = 100;

/// How long a client may take to send the head of a request, also the next one on a kept connection.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(10);

/// How long a client may take to send the body of a request: 8 MB at two megabits a second.
const BODY_TIME: Duration = Duration::from_secs(30);

/// Open connections. With the calls of a provider (256) and the database they stay below the 1,024
/// files that most systems allow a process.
pub(super) const MAX_CONNECTIONS: usize = 640;

/// Open connections of one address. Everything on this machine, and so a proxy on it, is exempt.
pub(super) const MAX_CONNECTIONS_PER_CLIENT: usize = 128;

/// Open event streams. Connections beyond them stay free for requests that end.
pub(super) const MAX_STREAMS: usize = 512;

/// Open event streams of one client: a page has one, and hidden pages let theirs go.
pub(super) const MAX_STREAMS_PER_CLIENT: usize = 32;

/// The most of a body that is too large which is read and thrown away before the answer.
const DISCARDED_BYTES: usize = 64 << 20;

/// How long reading it may take.
const DISCARD_TIME: Duration = Duration::from_secs(10);

/// Refuses bodies that say they are too large, and cuts off those that take too long. Bodies that do
/// not say how long they are end at the same limit while they are read.
pub(super) async fn check(request: Request, next: Next) -> Response {
    if says_too_large(&request) {
        return too_large(request).await;
    }
    next.run(request.map(in_time)).await
}

/// The same body, with an error in place of what comes too late.
fn in_time(body: Body) -> Body {
    let deadline = Instant::now() + BODY_TIME;
    let pieces = body.into_data_stream();
    Body::from_stream(try_unfold(pieces, move |mut pieces| async move {
        match timeout_at(deadline, pieces.next()).await {
            Ok(Some(Ok(bytes))) => Ok(Some((bytes, pieces))),
            Ok(Some(Err(error))) => Err(error),
            Ok(None) => Ok(None),
            Err(late) => Err(axum::Error::new(late)),
        }
    }))
}

fn says_too_large(request: &Request) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    length.is_some_and(|length| length > MAX_BODY_BYTES as u64)
}

/// A client that is still sending would see a broken connection in place of the answer, so the body
/// is read and thrown away first.
async fn too_large(request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let _ = timeout(DISCARD_TIME, discard(body)).await;
    let refusal = Refusal {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        message: "The request is larger than 8 MB.".to_owned(),
        hint: "A prompt may be 1 MB long and its values 4 MB: shorten them.".to_owned(),
    };
    refusal.answer(&Request::from_parts(parts, Body::empty()))
}

async fn discard(body: Body) {
    let mut body = body.into_data_stream();
    let mut seen = 0;
    while let Some(Ok(bytes)) = body.next().await {
        seen += bytes.len();
        if seen > DISCARDED_BYTES {
            return;
        }
    }
}
