//! The way out: every HTTP request of every provider passes here, and every failure is classified
//! here.

mod answer;
mod body;
mod clients;
mod events;
mod failed;
mod halves;
pub(crate) mod json;
mod limits;
mod mended;
mod peer;
mod reading;
mod refused;
mod retry_after;
mod status;
mod thoughts;
mod written;

use std::sync::Arc;

use reqwest::header::ACCEPT;
use reqwest::{Client, RequestBuilder, Response, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use answer::Waits;
pub(crate) use clients::Clients;
use clients::Way;
pub use limits::Limits;
pub(crate) use peer::{Credential, Peer};
pub(crate) use reading::{Decoder, Finish};

use crate::call::ModelStream;
use crate::error::{Cause, Limit, ModelError};

/// The most of a listing that is read, in bytes. Long listings come in pages.
const LISTING_LIMIT_BYTES: usize = 8 << 20;

/// The most pages of a listing that are read, so that a server which never ends does not hold us.
pub(crate) const PAGES_LIMIT: usize = 20;

/// A way to one provider.
#[derive(Clone, Debug)]
pub(crate) struct Http {
    client: Client,
    limits: Limits,
    way: Way,
    /// Who is at the other end.
    pub(crate) peer: Arc<Peer>,
}

impl Http {
    /// An error of this provider.
    pub(crate) fn error(&self, cause: Cause) -> ModelError {
        ModelError::of(&self.peer, cause)
    }

    /// Begins a GET request.
    pub(crate) fn get(&self, url: Url) -> RequestBuilder {
        self.client.get(url).header(ACCEPT, "application/json")
    }

    /// Begins a POST request whose answer streams.
    pub(crate) fn post(&self, url: Url, body: &impl Serialize) -> RequestBuilder {
        self.client.post(url).header(ACCEPT, "text/event-stream").json(body)
    }

    /// Sends a request that is answered by one JSON document.
    pub(crate) async fn json<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, ModelError> {
        let response = self.send(request, None).await?;
        let body = body::read(response, LISTING_LIMIT_BYTES, self.limits.silence).await;
        let body = body.map_err(|broken| self.error(broken.into_cause(&self.peer, self.way)))?;
        serde_json::from_slice(&body)
            .map_err(|_| self.error(Cause::Malformed { what: body::describe(&body).to_owned() }))
    }

    /// Sends a request that is answered by a stream of events, which `decoder` reads.
    pub(crate) async fn stream(
        &self,
        request: RequestBuilder,
        model: &str,
        decoder: impl Decoder + 'static,
    ) -> Result<ModelStream, ModelError> {
        let started = Instant::now();
        let response = self.send(request, Some(model)).await?;
        let waits = Waits::new(self.limits, started);
        Ok(answer::decode(response, waits, self.peer.clone(), Box::new(decoder), model))
    }

    /// The one place that every request passes.
    async fn send(
        &self,
        request: RequestBuilder,
        model: Option<&str>,
    ) -> Result<Response, ModelError> {
        let limit = self.limits.first_token;
        let response = match tokio::time::timeout(limit, request.send()).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                return Err(self.error(failed::cause(error, &self.peer, self.limits, self.way)));
            }
            Err(_) => {
                let cause = Cause::Timeout { limit: Limit::FirstToken, after: limit };
                return Err(self.error(cause));
            }
        };
        if response.status().is_success() {
            return Ok(response);
        }
        Err(self.error(status::of_response(response, model, &self.peer).await))
    }
}

/// Reads a response that nobody sent, on the path that every streamed answer takes.
pub(crate) fn read_recorded(
    response: Response,
    peer: Peer,
    decoder: Box<dyn Decoder>,
) -> ModelStream {
    let waits = Waits::new(Limits::default(), Instant::now());
    answer::decode(response, waits, Arc::new(peer), decoder, "m-1")
}
