//! The requests a server got.

use axum::http::request::Parts;
use serde::Serialize;
use serde_json::Value;

/// A request as it arrived, whole: this is a test peer, its keys are not real.
#[derive(Clone, Debug, Serialize)]
pub struct Received {
    /// `GET` or `POST`.
    pub method: String,
    /// The path, percent-encoded as it came.
    pub path: String,
    /// The query; empty for none.
    pub query: String,
    /// The headers in the order of their names.
    pub headers: Vec<(String, String)>,
    /// The body; null if there is none or it is no JSON.
    pub body: Value,
}

impl Received {
    pub(crate) fn new(parts: &Parts, body: &[u8]) -> Self {
        let text = |value: &axum::http::HeaderValue| {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        let headers = parts.headers.iter().map(|(name, value)| (name.to_string(), text(value)));
        let mut headers: Vec<_> = headers.collect();
        headers.sort();
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers,
            body: serde_json::from_slice(body).unwrap_or_default(),
        }
    }

    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value of a parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}
