//! Plays a behaviour: pieces with pauses, faults where they were asked for.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, stream};
use tokio::time::sleep;

use crate::behaviour::{Fault, FaultKind, ScriptedAnswer, Status};
use crate::connection::Reset;
use crate::fault;
use crate::server::body;
use crate::state::State;
use crate::wire::Format;

/// What is sent; an error cuts the connection.
pub(crate) type Pieces = BoxStream<'static, io::Result<Vec<u8>>>;

/// An error in a wire format.
pub(crate) fn error(format: Format, code: u16, retry_after: Option<u64>) -> Response {
    let code = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (code, Json(format.error(code.as_u16(), retry_after))).into_response()
}

/// A status with its body.
pub(crate) fn status(format: Format, status: &Status) -> Response {
    let mut response = match &status.body {
        None => error(format, status.code, status.retry_after),
        Some(text) => body(status.content_type, text.clone()),
    };
    *response.status_mut() = StatusCode::from_u16(status.code).unwrap_or(StatusCode::OK);
    let retry_after = status.retry_after.map(|seconds| ("retry-after", seconds.to_string()));
    for (name, value) in status.headers.iter().cloned().chain(retry_after) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}

/// A reset of the connection instead of an answer.
pub(crate) fn reset(reset: &Reset) -> Response {
    reset.ask();
    StatusCode::OK.into_response()
}

/// An answer in one document.
pub(crate) async fn whole(format: Format, answer: ScriptedAnswer) -> Response {
    sleep(answer.first_token + answer.token * u32::try_from(answer.tokens.len()).unwrap_or(0))
        .await;
    Json(format.document(&answer)).into_response()
}

/// An answer as an event stream.
pub(crate) fn stream(
    format: Format,
    answer: ScriptedAnswer,
    state: Arc<State>,
    reset: Reset,
) -> Response {
    let mut reader = Reader { state, is_done: false };
    let pieces = Box::pin(pieces(format, answer, reset)).map(Some).chain(stream::iter([None]));
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
fn pieces(format: Format, answer: ScriptedAnswer, reset: Reset) -> Pieces {
    let frames = format.frames(&answer);
    let (first_token, token) = (answer.first_token, answer.token);
    let end = answer.fault.as_ref().map_or(usize::MAX, |fault| fault.after_tokens);
    let tokens = frames.tokens.into_iter().take(end).enumerate().map(move |(place, frame)| {
        let pause = if place == 0 { first_token } else { token };
        (pause, frame)
    });
    let sent = stream::iter(tokens).then(|(pause, frame)| async move {
        wait(pause).await;
        Ok(frame.into_bytes())
    });
    // A connection that breaks before the first token breaks right after the headers.
    let breaks = |fault: &Fault| matches!(fault.kind, FaultKind::Cut | FaultKind::Reset);
    let has_before = end > 0 || !answer.fault.as_ref().is_some_and(breaks);
    let before = if has_before { frames.before } else { String::new() };
    let before = stream::iter([Ok(before.into_bytes())]);
    let after = match answer.fault {
        None => stream::iter([Ok(frames.after.into_bytes())]).boxed(),
        Some(fault) => fault::play(format, fault.kind, frames.after, reset),
    };
    let pieces = before.chain(sent).chain(after);
    let pieces =
        pieces.filter(|piece| std::future::ready(!matches!(piece, Ok(it) if it.is_empty())));
    match (answer.packet_bytes, answer.joined) {
        (_, true) => stream::once(join(pieces.boxed())).boxed(),
        (Some(limit), _) => packets(pieces.boxed(), limit, answer.packet_pause),
        (None, _) => pieces.boxed(),
    }
}

/// All pieces in one; for answers without a fault.
async fn join(pieces: Pieces) -> io::Result<Vec<u8>> {
    let pieces: Vec<_> = pieces.collect().await;
    Ok(pieces.into_iter().filter_map(Result::ok).flatten().collect())
}

/// The pieces in packets of at most `limit` bytes.
fn packets(pieces: Pieces, limit: usize, pause: Duration) -> Pieces {
    let packets = pieces.flat_map(move |piece| stream::iter(cut_up(piece, limit)));
    let apart = packets.then(move |packet| async move {
        wait(pause).await;
        packet
    });
    apart.boxed()
}

fn cut_up(piece: io::Result<Vec<u8>>, limit: usize) -> Vec<io::Result<Vec<u8>>> {
    match piece {
        Ok(bytes) => bytes.chunks(limit.max(1)).map(|chunk| Ok(chunk.to_vec())).collect(),
        error => vec![error],
    }
}

/// A pause of nothing would still be a millisecond.
async fn wait(pause: Duration) {
    if !pause.is_zero() {
        sleep(pause).await;
    }
}
