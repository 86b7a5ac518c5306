//! OpenAI's wire format: chat completions with server-sent events, as OpenAI and many others speak
//! it. <https://platform.openai.com/docs/api-reference/chat>

mod listing;
mod request;
pub(crate) mod response;

use align::model::ModelInfo;
use async_trait::async_trait;
use reqwest::RequestBuilder;
use reqwest::header::HeaderMap;

use crate::call::{Call, ModelStream};
use crate::config::{BaseUrl, Connection, Endpoint};
use crate::error::ModelError;
use crate::http::{Clients, Credential, Http, Peer};
use crate::provider::Provider;

/// Identifier of the provider that the environment connects.
pub(crate) const ID: &str = "openai";

/// OpenAI's own address.
const BASE_URL: &str = "https://api.openai.com/v1";

/// Who speaks the format: newer settings and the kinds of listed models are OpenAI's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    OpenAi,
    Compatible,
}

/// OpenAI, or a server that speaks its protocol.
pub(crate) struct OpenAi {
    id: String,
    http: Http,
    base_url: BaseUrl,
    headers: HeaderMap,
    dialect: Dialect,
}

impl OpenAi {
    /// What `OPENAI_API_KEY` and `OPENAI_BASE_URL` connect.
    pub(crate) fn new(clients: &Clients, connection: Connection) -> Self {
        let base_url = connection.base_url.unwrap_or_else(|| BaseUrl::known(BASE_URL)).or_v1();
        let label = connection.label.unwrap_or_else(|| label(&base_url));
        let peer = Peer::from_variables(&label, "OPENAI", base_url.clone(), connection.key);
        Self::with_peer(ID, base_url, connection.headers, clients.to(peer))
    }

    /// An endpoint of the models file.
    pub(crate) fn endpoint(clients: &Clients, endpoint: Endpoint) -> Self {
        let Endpoint { name, label, connection } = endpoint;
        let base_url = connection.base_url.unwrap_or_else(|| BaseUrl::known(BASE_URL)).or_v1();
        let credential = match &connection.key {
            Some(key) if !key.name().starts_with("api_key") => {
                Credential::Variable(key.name().to_owned())
            }
            _ => Credential::File,
        };
        let peer = Peer {
            label,
            credential,
            key: connection.key,
            secrets: Vec::new(),
            base_url: Some(base_url.clone()),
            address_setting: Some("base_url in the models file".to_owned()),
        };
        let peer = peer.with_headers(&connection.headers);
        Self::with_peer(name, base_url, connection.headers, clients.to(peer))
    }

    /// An Ollama at `host`.
    pub(crate) fn ollama(clients: &Clients, host: &BaseUrl) -> Self {
        let base_url = host.ending_with(&["v1"]);
        let peer = Peer {
            base_url: Some(base_url.clone()),
            address_setting: Some("OLLAMA_HOST".to_owned()),
            ..Peer::named("Ollama")
        };
        Self::with_peer(crate::ollama::ID, base_url, HeaderMap::new(), clients.to(peer))
    }

    /// A connection of any name.
    pub(crate) fn at(id: &str, http: Http, base_url: BaseUrl, headers: HeaderMap) -> Self {
        Self::with_peer(id, base_url, headers, http)
    }

    fn with_peer(id: impl Into<String>, base_url: BaseUrl, headers: HeaderMap, http: Http) -> Self {
        let is_openai = is_openai(&base_url);
        let dialect = if is_openai { Dialect::OpenAi } else { Dialect::Compatible };
        Self { id: id.into(), http, base_url, headers, dialect }
    }

    fn with_key(&self, request: RequestBuilder) -> RequestBuilder {
        let request = request.headers(self.headers.clone());
        match &self.http.peer.key {
            Some(key) if is_azure(&self.base_url) => request.header("api-key", key.header("")),
            Some(key) => request.header("authorization", key.header("Bearer ")),
            None => request,
        }
    }
}

/// Whether it is Azure, which has a header of its own for keys.
fn is_azure(base_url: &BaseUrl) -> bool {
    let hosts = [".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"];
    base_url.deployment().is_some() || hosts.iter().any(|host| base_url.host().ends_with(host))
}

/// What people read of a server that has no name.
fn label(base_url: &BaseUrl) -> String {
    if is_openai(base_url) { "OpenAI".to_owned() } else { format!("Server {}", base_url.address()) }
}

fn is_openai(base_url: &BaseUrl) -> bool {
    base_url.host() == "api.openai.com" || base_url.host().ends_with(".api.openai.com")
}

#[async_trait]
impl Provider for OpenAi {
    fn id(&self) -> &str {
        &self.id
    }

    fn label(&self) -> &str {
        &self.http.peer.label
    }

    fn base_url(&self) -> Option<&str> {
        Some(self.base_url.as_str())
    }

    async fn list_models(&self) -> Result<Vec<ModelInfo>, ModelError> {
        if let Some(deployment) = self.base_url.deployment() {
            // An address of Azure that names its model lists none.
            return Ok(vec![listing::info(deployment.to_owned(), &self.id)]);
        }
        let request = self.with_key(self.http.get(self.base_url.join("models")));
        let page = self.http.json(request).await?;
        Ok(listing::infos(&page, &self.id, self.dialect))
    }

    async fn stream(&self, call: &Call) -> Result<ModelStream, ModelError> {
        let url = self.base_url.join("chat/completions");
        let body = request::body(call, self.dialect);
        let request = self.with_key(self.http.post(url, &body));
        self.http.stream(request, &call.model, response::Reader::default()).await
    }

    fn default_model(&self, listed: &[ModelInfo]) -> Option<String> {
        listing::default_model(listed, self.dialect)
    }
}
