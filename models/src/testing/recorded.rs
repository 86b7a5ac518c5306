//! Answers read from recorded bytes: what a provider sent, without a server that sends it.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;

use crate::call::ModelStream;
use crate::http::{self, Decoder, Peer};
use crate::{anthropic, gemini, openai};

/// The format of an answer on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Chat completions, as OpenAI and many others send them.
    OpenAi,
    /// Gemini's `streamGenerateContent`.
    Gemini,
    /// Anthropic's messages.
    Anthropic,
}

/// Reads the bytes of an answer's body as if they had arrived in these pieces. Everything after the
/// socket is the path that real answers take. Needs a tokio runtime with time.
pub fn read_recorded(wire: Wire, pieces: Vec<Bytes>) -> ModelStream {
    let pieces = stream::iter(pieces.into_iter().map(Ok::<_, Infallible>));
    let response = ::http::Response::new(reqwest::Body::wrap_stream(pieces));
    let decoder: Box<dyn Decoder> = match wire {
        Wire::OpenAi => Box::new(openai::response::Reader::default()),
        Wire::Gemini => Box::new(gemini::response::Reader::default()),
        Wire::Anthropic => Box::new(anthropic::response::Reader::default()),
    };
    http::read_recorded(response.into(), Peer::named("The model server"), decoder)
}
