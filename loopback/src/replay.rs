//! Responses byte for byte as a server sent them.

use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::{StreamExt, stream};

use crate::fault::cut;

/// A response byte for byte, with pauses between its events.
#[derive(Clone, Debug)]
pub struct Replay {
    code: u16,
    headers: Vec<(String, String)>,
    /// The events of its body, each with the pause before it.
    events: Vec<(Duration, Vec<u8>)>,
    is_cut: bool,
}

impl Replay {
    /// An event stream with status 200. An event ends with an empty line.
    pub fn new(body: impl AsRef<[u8]>) -> Self {
        Self {
            code: 200,
            headers: vec![("content-type".to_owned(), "text/event-stream".to_owned())],
            events: events(body.as_ref()),
            is_cut: false,
        }
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(self, code: u16) -> Self {
        Self { code, ..self }
    }

    /// The same with a header, in place of one of this name.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with a pause before an event, counted from 0.
    #[must_use]
    pub fn with_pause(mut self, event: usize, pause: Duration) -> Self {
        if let Some((before, _)) = self.events.get_mut(event) {
            *before = pause;
        }
        self
    }

    /// The same, but the connection is cut at its end.
    #[must_use]
    pub fn cut(self) -> Self {
        Self { is_cut: true, ..self }
    }

    pub(crate) fn response(&self) -> Response {
        let sent = stream::iter(self.events.clone()).then(async |(pause, event)| {
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            io::Result::Ok(event)
        });
        let end = stream::iter(self.is_cut.then_some(())).then(|()| cut());
        let mut response = Response::new(Body::from_stream(sent.chain(end)));
        *response.status_mut() = StatusCode::from_u16(self.code).unwrap_or(StatusCode::OK);
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// A body in pieces that end with an empty line.
fn events(body: &[u8]) -> Vec<(Duration, Vec<u8>)> {
    let mut events = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let ends = [&b"\n\n"[..], b"\r\n\r\n", b"\r\r"];
        let end = (1..=rest.len()).find(|&end| ends.iter().any(|mark| rest[..end].ends_with(mark)));
        let (event, after) = rest.split_at(end.unwrap_or(rest.len()));
        events.push((Duration::ZERO, event.to_vec()));
        rest = after;
    }
    events
}
