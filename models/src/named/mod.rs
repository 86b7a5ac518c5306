//! Providers that people connect while the server runs.

mod local;
mod locked;
mod trial;

use std::sync::Arc;

use align::model::ModelInfo;
use align::record::ProviderKind;
use async_trait::async_trait;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::anthropic::Anthropic;
use crate::call::{Call, ModelStream};
use crate::config::{ApiKey, BaseUrl, ConfigError};
use crate::connected::Models;
use crate::error::ModelError;
use crate::gemini::Gemini;
use crate::http::{Clients, Credential, Peer};
use crate::openai::OpenAi;
use crate::provider::Provider;

/// Headers that the HTTP client sets itself.
const OWN_HEADERS: [&str; 7] =
    ["accept", "connection", "content-length", "content-type", "host", "te", "transfer-encoding"];

/// A provider as somebody described it, checked.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its identifier.
    pub id: String,
    /// Who is at the other end.
    pub kind: ProviderKind,
    /// What people read.
    pub label: String,
    /// Where its API is.
    pub base_url: BaseUrl,
    /// The key, if one is needed there.
    pub key: Option<ApiKey>,
    /// Headers that go with every request. Their values are never shown.
    pub headers: HeaderMap,
}

/// Checks extra headers, which are never shown.
pub fn extra_headers<'a>(
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<HeaderMap, ConfigError> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let invalid = |problem| ConfigError::InvalidValue {
            name: format!("The extra header “{name}”"),
            problem,
        };
        let parsed =
            HeaderName::try_from(name).map_err(|_| invalid("has a name that no header has"))?;
        if OWN_HEADERS.contains(&parsed.as_str()) {
            return Err(invalid("is one that Attune sets itself"));
        }
        let mut value = HeaderValue::try_from(value)
            .map_err(|_| invalid("has a value that no header can carry"))?;
        value.set_sensitive(true);
        map.insert(parsed, value);
    }
    Ok(map)
}

impl Models {
    /// The provider that this describes, for [`Models::replace`].
    pub fn provider(&self, named: Named) -> Result<Arc<dyn Provider>, ConfigError> {
        Ok(Arc::new(Renamed::new(self.clients()?, named)))
    }
}

/// A provider under an identifier of its own.
struct Renamed {
    id: String,
    inner: Box<dyn Provider>,
}

impl Renamed {
    fn new(clients: &Clients, named: Named) -> Self {
        let Named { id, kind, label, base_url, key, headers } = named;
        let base_url = match kind {
            ProviderKind::Gemini => Gemini::base_url_of(&base_url),
            ProviderKind::Anthropic => Anthropic::base_url_of(&base_url),
            ProviderKind::Ollama => base_url.ending_with(&["v1"]),
            _ => base_url.or_v1(),
        };
        let peer = Peer {
            label,
            credential: Credential::Page,
            key,
            secrets: Vec::new(),
            base_url: Some(base_url.clone()),
            address_setting: Some("the base URL under Settings → Models".to_owned()),
        };
        let http = clients.to(peer.with_headers(&headers));
        let inner: Box<dyn Provider> = match kind {
            ProviderKind::Gemini => Box::new(Gemini::at(http, base_url, headers)),
            ProviderKind::Anthropic => Box::new(Anthropic::at(http, base_url, headers)),
            _ => Box::new(OpenAi::at(id.as_str(), http, base_url, headers)),
        };
        Self { id, inner }
    }
}

#[async_trait]
impl Provider for Renamed {
    fn id(&self) -> &str {
        &self.id
    }

    fn label(&self) -> &str {
        self.inner.label()
    }

    fn base_url(&self) -> Option<&str> {
        self.inner.base_url()
    }

    async fn list_models(&self) -> Result<Vec<ModelInfo>, ModelError> {
        let mut models = self.inner.list_models().await?;
        for info in &mut models {
            info.model.provider.clone_from(&self.id);
        }
        Ok(models)
    }

    async fn stream(&self, call: &Call) -> Result<ModelStream, ModelError> {
        self.inner.stream(call).await
    }

    fn default_model(&self, listed: &[ModelInfo]) -> Option<String> {
        self.inner.default_model(listed)
    }
}
