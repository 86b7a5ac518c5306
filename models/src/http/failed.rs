//! Requests that failed before there was a status.

use std::error::Error;
use std::io;

use super::{Limits, Peer};
use crate::error::{Cause, Limit};

/// Why a request could not be sent or answered.
pub(super) fn cause(error: reqwest::Error, peer: &Peer, limits: Limits) -> Cause {
    if error.is_timeout() && error.is_connect() {
        return Cause::Timeout { limit: Limit::Connect, after: limits.connect };
    }
    unreachable(error, peer)
}

/// Why there is no connection, or none any more.
pub(super) fn unreachable(error: reqwest::Error, peer: &Peer) -> Cause {
    let reason = reason(&error);
    Cause::Unreachable {
        address: peer.address(),
        reason: reason.to_owned(),
        may_pass: ![NO_HOST, NO_TLS].contains(&reason),
        source: Some(error.without_url()),
    }
}

const NO_HOST: &str = "there is no such host";
const NO_TLS: &str = "no secure connection (TLS)";

/// What went wrong, in few words; empty if it is not known.
fn reason(error: &reqwest::Error) -> &'static str {
    if error.is_dns() {
        return NO_HOST;
    }
    let sources = std::iter::successors(error.source(), |error| (*error).source());
    let known = sources.filter_map(|source| {
        if source.is::<rustls::Error>() {
            return Some(NO_TLS);
        }
        io_reason(source.downcast_ref::<io::Error>()?)
    });
    let fallback = if error.is_connect() { "" } else { "the connection broke" };
    known.last().unwrap_or(fallback)
}

fn io_reason(error: &io::Error) -> Option<&'static str> {
    if error.get_ref().is_some_and(<dyn Error + Send + Sync>::is::<rustls::Error>) {
        return Some(NO_TLS);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Some("connection refused"),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => Some("the connection broke"),
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => {
            Some("there is no network to it")
        }
        io::ErrorKind::TimedOut => Some("it does not answer"),
        _ => None,
    }
}
