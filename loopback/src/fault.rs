//! What comes instead of the rest of an answer that goes wrong.

use std::io;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::time::sleep;

use crate::behaviour::{FaultKind, ScriptedAnswer};
use crate::connection::Reset;
use crate::play::Pieces;
use crate::wire::Format;

/// The size of the pieces of what is very large.
const PIECE_BYTES: usize = 64 << 10;

/// Plays a fault; `end` is the good end of the answer.
pub(crate) fn play(format: Format, kind: FaultKind, end: String, reset: Reset) -> Pieces {
    let event = |bytes: &[u8]| stream::iter([Ok(bytes.to_vec())]).boxed();
    match kind {
        FaultKind::Unfinished => stream::empty().boxed(),
        FaultKind::Cut => stream::once(cut()).boxed(),
        FaultKind::Reset => {
            let cut = async move {
                let error = cut().await;
                reset.ask();
                error
            };
            stream::once(cut).boxed()
        }
        FaultKind::CutInCharacter => event(b"data: \xf0\x9f"),
        FaultKind::ErrorEvent { status } => event(format.error_event(status).as_bytes()),
        FaultKind::BrokenJson => event(b"data: {\"choices\": [\n\n"),
        FaultKind::NoJson => event(b"data: Service is being restarted.\n\n"),
        FaultKind::Silence => stream::pending().boxed(),
        FaultKind::Drip { pause } => {
            let start = stream::iter(*b"data: {\"text\": \"");
            repeat(start.chain(stream::repeat(b'x')).map(|byte| vec![byte]).boxed(), pause)
        }
        FaultKind::KeepAlive { pause } => {
            repeat(stream::repeat(b": still here\n\n".to_vec()).boxed(), pause)
        }
        FaultKind::Flood { bytes } => {
            let token = "spam ".repeat(PIECE_BYTES / 5);
            let frame =
                format.frames(&ScriptedAnswer { tokens: vec![token], ..ScriptedAnswer::text("") });
            let frame = frame.tokens.concat().into_bytes();
            let tokens = stream::repeat(frame).take(bytes.div_ceil(PIECE_BYTES));
            tokens.chain(stream::iter([end.into_bytes()])).map(Ok).boxed()
        }
        FaultKind::HugeEvent { bytes } => {
            let start = stream::iter([b"data: ".to_vec()]);
            let rest = stream::repeat(vec![b'x'; PIECE_BYTES]).take(bytes.div_ceil(PIECE_BYTES));
            start.chain(rest).map(Ok).boxed()
        }
    }
}

/// Cuts the connection when what was sent before has left: an error takes back what has not.
pub(crate) async fn cut() -> io::Result<Vec<u8>> {
    sleep(Duration::from_millis(30)).await;
    Err(io::ErrorKind::ConnectionReset.into())
}

/// Sends pieces with a pause before each.
fn repeat(pieces: stream::BoxStream<'static, Vec<u8>>, pause: Duration) -> Pieces {
    let apart = pieces.then(move |piece| async move {
        sleep(pause).await;
        Ok(piece)
    });
    apart.boxed()
}
