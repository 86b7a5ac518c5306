//! Data that comes with the page, and is loaded again when what it depends on changes.

use std::future::Future;

use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Unreadable, from_str};
use crate::AppError;

/// What a page loads: a resource of the framework, read in the browser as everything else is.
pub(crate) type PageResource<T> = Resource<Result<T, AppError>, Json>;

/// Loads data with `fetcher` for what `source` holds.
pub(crate) fn resource<T, S, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetcher: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> PageResource<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    S: PartialEq + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
{
    PageResource::new_with_options(source, fetcher, false)
}

/// How a page carries its data from the server to the browser.
pub(crate) struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, serde_json::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(json: &str) -> Result<T, Unreadable> {
        from_str(json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_reads_what_the_server_sends() {
        let loaded = Ok::<_, AppError>(vec!["a".to_owned()]);
        let sent = Json::encode(&loaded).unwrap();
        assert_eq!(sent, r#"{"Ok":["a"]}"#);
        assert_eq!(Json::decode(&sent), Ok(loaded));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert_eq!(<Json as Decoder<String>>::decode("{"), Err(Unreadable));
    }
}
