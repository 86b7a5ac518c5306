//! Bodies that are read whole, up to a limit.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Response;
use tokio::time::timeout;

use super::{Peer, Way, failed};
use crate::error::{Cause, Limit};

/// Why a body could not be read.
pub(super) enum Broken {
    Failed(reqwest::Error),
    Silent(Duration),
    TooLarge,
}

impl Broken {
    pub(super) fn into_cause(self, peer: &Peer, way: Way) -> Cause {
        match self {
            Self::Failed(error) => failed::unreachable(error, peer, way),
            Self::Silent(after) => Cause::Timeout { limit: Limit::Silence, after },
            Self::TooLarge => Cause::Malformed { what: "far too much".to_owned() },
        }
    }
}

/// Reads a whole body of at most `limit_bytes`.
pub(super) async fn read(
    mut response: Response,
    limit_bytes: usize,
    silence: Duration,
) -> Result<Bytes, Broken> {
    let mut body = BytesMut::new();
    loop {
        let chunk =
            timeout(silence, response.chunk()).await.map_err(|_| Broken::Silent(silence))?;
        let Some(chunk) = chunk.map_err(Broken::Failed)? else { return Ok(body.freeze()) };
        if body.len() + chunk.len() > limit_bytes {
            return Err(Broken::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
}

/// What a body that cannot be read looks like.
pub(super) fn describe(body: &[u8]) -> &'static str {
    match body.trim_ascii_start().first() {
        None => "nothing",
        Some(b'<') => "a web page",
        Some(b'{' | b'[') => "broken or unexpected JSON",
        Some(_) => "plain text",
    }
}
