//! Gemini's wire format: `streamGenerateContent` with server-sent events.
//! <https://ai.google.dev/api/generate-content>

pub(crate) mod listing;
pub(crate) mod request;
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
pub(crate) const ID: &str = "gemini";

/// Google's own address.
const BASE_URL: &str = "https://generativelanguage.googleapis.com";

/// Gemini's own API, with a key.
pub(crate) struct Gemini {
    http: Http,
    base_url: BaseUrl,
    headers: HeaderMap,
}

impl Gemini {
    pub(crate) fn new(clients: &Clients, connection: Connection) -> Self {
        let base_url = connection.base_url.unwrap_or_else(|| BaseUrl::known(BASE_URL));
        let base_url = Self::base_url_of(&base_url);
        let label = connection.label.unwrap_or_else(|| "Gemini".to_owned());
        let peer = Peer::from_variables(&label, "GEMINI", base_url.clone(), connection.key);
        Self::at(clients.to(peer), base_url, connection.headers)
    }

    /// A connection with headers of its own.
    pub(crate) fn at(http: Http, base_url: BaseUrl, headers: HeaderMap) -> Self {
        Self { http, base_url, headers }
    }

    /// A base URL with the version of the API.
    pub(crate) fn base_url_of(base_url: &BaseUrl) -> BaseUrl {
        base_url.ending_with(&["v1beta", "v1", "v1alpha"])
    }

    fn with_key(&self, request: RequestBuilder) -> RequestBuilder {
        let request = request.headers(self.headers.clone());
        match &self.http.peer.key {
            Some(key) => request.header("x-goog-api-key", key.header("")),
            None => request,
        }
    }
}

#[async_trait]
impl Provider for Gemini {
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
        listing::list(&self.http, |page| {
            let mut url = url.clone();
            url.query_pairs_mut().append_pair("pageSize", "200");
            if let Some(token) = page {
                url.query_pairs_mut().append_pair("pageToken", token);
            }
            self.with_key(self.http.get(url))
        })
        .await
    }

    async fn stream(&self, call: &Call) -> Result<ModelStream, ModelError> {
        let mut url = self.base_url.join(&path(&call.model));
        url.query_pairs_mut().append_pair("alt", "sse");
        let body = request::body(call);
        let request = self.with_key(self.http.post(url, &body));
        self.http.stream(request, &call.model, response::Reader::default()).await
    }

    fn default_model(&self, listed: &[ModelInfo]) -> Option<String> {
        Some(listing::default_model(listed))
    }
}

/// The path of a model: its name as it is called, or with the folder that listings put before it.
fn path(model: &str) -> String {
    let folder = if model.contains('/') { "" } else { "models/" };
    format!("{folder}{model}:streamGenerateContent")
}
