//! Plays a behaviour: pieces with pauses, faults where they were asked for.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, stream};
use tokio::time::sleep;

use crate::behaviour::{Answer, Fault, FaultKind, Status};
use crate::server::body;
use crate::state::State;
use crate::wire::Format;

/// An error in a wire format.
pub(crate) fn error(format: Format, code: u16) -> Response {
    let code = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (code, Json(format.error(code.as_u16()))).into_response()
}

/// A status with its body.
pub(crate) fn status(format: Format, status: &Status) -> Response {
    let mut response = match &status.body {
        None => error(format, status.code),
        Some(text) => body(status.content_type, text.clone()),
    };
    *response.status_mut() = StatusCode::from_u16(status.code).unwrap_or(StatusCode::OK);
    for (name, value) in &status.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}

/// An answer in one document.
pub(crate) async fn whole(format: Format, answer: Answer) -> Response {
    sleep(answer.first_token + answer.token * u32::try_from(answer.tokens.len()).unwrap_or(0))
        .await;
    Json(format.document(&answer)).into_response()
}

/// An answer as an event stream.
pub(crate) fn stream(format: Format, answer: Answer, state: Arc<State>) -> Response {
    let mut reader = Reader { state, is_done: false };
    let pieces = Box::pin(pieces(format, answer)).map(Some).chain(stream::iter([None]));
    let pieces = pieces.filter_map(move |piece| {
        reader.see(piece.as_ref());
        std::future::ready(piece)
    });
    body("text/event-stream", Body::from_stream(pieces))
}

/// Notices when an answer is dropped before its end.
struct Reader {
    state: Arc<State>,
    is_done: bool,
}

impl Reader {
    /// After the end, or our own cut, nobody can give up any more.
    fn see(&mut self, piece: Option<&io::Result<Vec<u8>>>) {
        self.is_done |= piece.is_none_or(Result::is_err);
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if !self.is_done {
            self.state.disconnects.send_modify(|count| *count += 1);
        }
    }
}

/// What is sent, piece by piece. An error cuts the connection.
fn pieces(format: Format, answer: Answer) -> impl Stream<Item = io::Result<Vec<u8>>> + Send {
    let frames = format.frames(&answer);
    let (first_token, token) = (answer.first_token, answer.token);
    let end = answer.fault.as_ref().map_or(usize::MAX, |fault| fault.after_tokens);
    let tokens = frames.tokens.into_iter().take(end).enumerate().map(move |(place, frame)| {
        let pause = if place == 0 { first_token } else { token };
        (pause, frame)
    });
    let sent = stream::iter(tokens).then(|(pause, frame)| async move {
        if !pause.is_zero() {
            sleep(pause).await;
        }
        Ok(frame.into_bytes())
    });
    let before = stream::iter([Ok(frames.before.into_bytes())]);
    let after = match answer.fault {
        None => stream::iter([Ok(frames.after.into_bytes())]).left_stream(),
        Some(fault) => broken(format, &fault).right_stream(),
    };
    let pieces = before.chain(sent).chain(after);
    let pieces =
        pieces.filter(|piece| std::future::ready(!matches!(piece, Ok(it) if it.is_empty())));
    pieces.flat_map(move |piece| stream::iter(packets(piece, answer.packet_bytes)))
}

/// What comes instead of the rest.
fn broken(format: Format, fault: &Fault) -> BoxStream<'static, io::Result<Vec<u8>>> {
    let pieces = match fault.kind {
        FaultKind::Unfinished => vec![],
        FaultKind::Cut => return stream::once(cut()).boxed(),
        FaultKind::CutInCharacter => vec![Ok(b"data: \xf0\x9f".to_vec())],
        FaultKind::ErrorEvent { status } => vec![Ok(format.error_event(status).into_bytes())],
        FaultKind::BrokenJson => vec![Ok(b"data: {\"choices\": [\n\n".to_vec())],
        FaultKind::Silence => return stream::pending().boxed(),
    };
    stream::iter(pieces).boxed()
}

/// Cuts the connection when what was sent before has left: an error takes back what has not.
async fn cut() -> io::Result<Vec<u8>> {
    sleep(Duration::from_millis(30)).await;
    Err(io::ErrorKind::ConnectionReset.into())
}

/// A piece in packets of at most `limit` bytes.
fn packets(piece: io::Result<Vec<u8>>, limit: Option<usize>) -> Vec<io::Result<Vec<u8>>> {
    match (piece, limit) {
        (Ok(bytes), Some(limit)) => {
            bytes.chunks(limit.max(1)).map(|chunk| Ok(chunk.to_vec())).collect()
        }
        (piece, _) => vec![piece],
    }
}
