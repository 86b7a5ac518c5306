//! Anthropic's wire format: the Messages API with server-sent events.
//! <https://docs.anthropic.com/en/api/messages-streaming>

mod listing;
mod request;
pub(crate) mod response;

use align::model::ModelInfo;
use async_trait::async_trait;
use reqwest::RequestBuilder;
use reqwest::header::HeaderMap;

use crate::call::{Call, ModelStream};
use crate::config::{BaseUrl, Connection};
use crate::error::ModelError;
use crate::http::{Clients, Http, Peer};
use crate::provider::Provider;

/// Identifier of the provider.
pub(crate) const ID: &str = "anthropic";

/// Anthropic's own address.
const BASE_URL: &str = "https://api.anthropic.com";

/// The version of the API that this is written for.
const VERSION: &str = "2023-06-01";

/// Anthropic.
pub(crate) struct Anthropic {
    http: Http,
    base_url: BaseUrl,
    headers: HeaderMap,
}

impl Anthropic {
    pub(crate) fn new(clients: &Clients, connection: Connection) -> Self {
        let base_url = connection.base_url.unwrap_or_else(|| BaseUrl::known(BASE_URL));
        let base_url = Self::base_url_of(&base_url);
        let label = connection.label.unwrap_or_else(|| "Anthropic".to_owned());
        let peer = Peer::from_variables(&label, "ANTHROPIC", base_url.clone(), connection.key);
        Self::at(clients.to(peer), base_url, connection.headers)
    }

    /// A connection with headers of its own.
    pub(crate) fn at(http: Http, base_url: BaseUrl, headers: HeaderMap) -> Self {
        Self { http, base_url, headers }
    }

    /// A base URL with the version of the API.
    pub(crate) fn base_url_of(base_url: &BaseUrl) -> BaseUrl {
        base_url.ending_with(&["v1"])
    }

    fn with_key(&self, request: RequestBuilder) -> RequestBuilder {
        let request = request.headers(self.headers.clone());
        let request = request.header("anthropic-version", VERSION);
        match &self.http.peer.key {
            Some(key) => request.header("x-api-key", key.header("")),
            None => request,
        }
    }
}

#[async_trait]
impl Provider for Anthropic {
    fn id(&self) -> &str {
        ID
    }

    fn label(&self) -> &str {
        &self.http.peer.label
    }

    fn base_url(&self) -> Option<&str> {
        Some(self.base_url.as_str())
    }

    async fn list_models(&self) -> Result<Vec<ModelInfo>, ModelError> {
        let url = self.base_url.join("models");
        listing::list(&self.http, |after| {
            let mut url = url.clone();
            url.query_pairs_mut().append_pair("limit", "100");
            if let Some(id) = after {
                url.query_pairs_mut().append_pair("after_id", id);
            }
            self.with_key(self.http.get(url))
        })
        .await
    }

    async fn stream(&self, call: &Call) -> Result<ModelStream, ModelError> {
        let body = request::body(call);
        let request = self.with_key(self.http.post(self.base_url.join("messages"), &body));
        self.http.stream(request, &call.model, response::Reader::default()).await
    }

    fn default_model(&self, listed: &[ModelInfo]) -> Option<String> {
        Some(listing::default_model(listed))
    }
}
