//! Requests that failed before there was a status.

use std::error::Error;
use std::io;

use hyper_util::client::proxy::matcher::Matcher;
use rustls::CertificateError;

use super::clients::Trust;
use super::{Limits, Peer, Way};
use crate::error::{Cause, Limit};

/// Why a request could not be sent or answered.
pub(super) fn cause(error: reqwest::Error, peer: &Peer, limits: Limits, way: Way) -> Cause {
    if error.is_timeout() && error.is_connect() {
        return Cause::Timeout { limit: Limit::Connect, after: limits.connect };
    }
    unreachable(error, peer, way)
}

/// Why there is no connection, or none any more.
pub(super) fn unreachable(error: reqwest::Error, peer: &Peer, way: Way) -> Cause {
    let address = peer.address();
    if let Some(refused) = certificate(&error) {
        let reason = match (refused, way.trust) {
            (CertificateError::UnknownIssuer, Trust::Nobody) => NO_AUTHORITIES.to_owned(),
            (refused, _) => why(refused),
        };
        return Cause::Certificate { address, reason };
    }
    let reason = reason(&error);
    if let Some(proxy) = proxy(peer, way).filter(|_| error.is_connect() && reason != NO_TLS) {
        return Cause::Proxy { address, proxy, reason: reason.to_owned() };
    }
    Cause::Unreachable {
        address,
        reason: reason.to_owned(),
        may_pass: ![NO_HOST, NO_TLS].contains(&reason),
        source: Some(error.without_url()),
    }
}

const NO_HOST: &str = "there is no such host";
const NO_TLS: &str = "no secure connection (TLS)";
const NO_AUTHORITIES: &str = "this machine has no certificates of authorities to check it with";

/// The proxy that the environment names for a provider, without its password.
fn proxy(peer: &Peer, way: Way) -> Option<String> {
    let url = peer.base_url.as_ref().filter(|_| way.is_outward)?;
    let found = Matcher::from_env().intercept(&url.as_str().parse().ok()?)?;
    Some(found.uri().authority()?.as_str().rsplit('@').next()?.to_owned())
}

/// What rustls says about a certificate, however deep it stands.
fn certificate(error: &reqwest::Error) -> Option<&CertificateError> {
    let mut sources = std::iter::successors(error.source(), |error| (*error).source());
    sources.find_map(|source| match tls(source)? {
        rustls::Error::InvalidCertificate(refused) => Some(refused),
        _ => None,
    })
}

/// The error of rustls in an error, also within errors of I/O.
fn tls<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(error);
    }
    let within = error.downcast_ref::<io::Error>()?.get_ref()?;
    tls(within)
}

/// What is wrong with a certificate, in few words.
fn why(refused: &CertificateError) -> String {
    match refused {
        CertificateError::UnknownIssuer => "nobody that this machine trusts has signed it".into(),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "it has expired".into()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet; check the clock of this machine".into()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it is for another name".into()
        }
        CertificateError::Revoked => "it was revoked".into(),
        // The verifier has no name of its own for this one.
        other if format!("{other:?}").contains("CaUsedAsEndEntity") => {
            "it is one of an authority (CA:TRUE), not of a server".into()
        }
        other => format!("{other}"),
    }
}

/// What went wrong, in few words; empty if it is not known.
fn reason(error: &reqwest::Error) -> &'static str {
    if error.is_dns() {
        return NO_HOST;
    }
    let sources = std::iter::successors(error.source(), |error| (*error).source());
    let known = sources.filter_map(|source| {
        if tls(source).is_some() {
            return Some(NO_TLS);
        }
        io_reason(source.downcast_ref::<io::Error>()?)
    });
    let fallback = if error.is_connect() { "" } else { "the connection broke" };
    known.last().unwrap_or(fallback)
}

fn io_reason(error: &io::Error) -> Option<&'static str> {
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
