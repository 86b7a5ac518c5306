//! Gemini on Vertex AI: Gemini's wire format at another address, with tokens of application default
//! credentials instead of a key.

mod token;

use align::model::{ModelInfo, ModelRef};
use async_trait::async_trait;

use crate::call::{Call, ModelStream};
use crate::config::{BaseUrl, VertexConfig};
use crate::error::ModelError;
use crate::gemini::{listing, request, response};
use crate::http::{Clients, Credential, Http, Peer};
use crate::provider::Provider;
use token::Tokens;

/// Identifier of the provider.
pub(crate) const ID: &str = "vertex";

/// Models to choose from. Vertex AI lists its whole garden or nothing.
const MODELS: [(&str, &str); 3] = [
    ("gemini-2.5-flash", "Gemini 2.5 Flash"),
    ("gemini-2.5-pro", "Gemini 2.5 Pro"),
    ("gemini-2.5-flash-lite", "Gemini 2.5 Flash-Lite"),
];

/// Gemini on Vertex AI, in one project and location.
pub(crate) struct Vertex {
    http: Http,
    /// The project's folder of models.
    base_url: BaseUrl,
    tokens: Tokens,
}

impl Vertex {
    pub(crate) fn new(clients: &Clients, config: VertexConfig) -> Self {
        let VertexConfig { project, location, base_url } = config;
        let host = base_url.unwrap_or_else(|| BaseUrl::known(&google(&location)));
        let host = host.ending_with(&["v1", "v1beta1"]);
        let peer = Peer {
            label: "Vertex AI".to_owned(),
            credential: Credential::ApplicationDefault,
            key: None,
            base_url: Some(host.clone()),
            address_setting: Some("GOOGLE_CLOUD_LOCATION".to_owned()),
        };
        let base_url = host
            .ending_with(&["projects"])
            .ending_with(&[&project])
            .ending_with(&["locations"])
            .ending_with(&[&location]);
        Self { http: clients.to(peer), base_url, tokens: Tokens::default() }
    }
}

/// Google's address for a location.
fn google(location: &str) -> String {
    match location {
        "global" => "https://aiplatform.googleapis.com".to_owned(),
        location => format!("https://{location}-aiplatform.googleapis.com"),
    }
}

#[async_trait]
impl Provider for Vertex {
    fn id(&self) -> &str {
        ID
    }

    fn label(&self) -> &str {
        &self.http.peer.label
    }

    fn base_url(&self) -> Option<&str> {
        Some(self.base_url.as_str())
    }

    /// A list of our own; asking for a token tells whether they can be called.
    async fn list_models(&self) -> Result<Vec<ModelInfo>, ModelError> {
        self.tokens.header().await.map_err(|cause| self.http.error(cause))?;
        let info = |(name, label): (&str, &str)| ModelInfo {
            model: ModelRef::new(ID, name),
            label: label.to_owned(),
        };
        Ok(MODELS.map(info).into())
    }

    async fn stream(&self, call: &Call) -> Result<ModelStream, ModelError> {
        let token = self.tokens.header().await.map_err(|cause| self.http.error(cause))?;
        let path = format!("publishers/google/models/{}:streamGenerateContent", call.model);
        let mut url = self.base_url.join(&path);
        url.set_query(Some("alt=sse"));
        let body = request::body(call);
        let request = self.http.post(url, &body).header("authorization", token);
        let decoder = response::Reader::new(self.http.peer.clone(), &call.model);
        self.http.stream(request, &call.model, decoder).await
    }

    fn default_model(&self, listed: &[ModelInfo]) -> Option<String> {
        Some(listing::default_model(listed))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use align::model::{Conversation, Message, Settings};
    use futures_util::StreamExt;
    use gcp_auth::{Error, Token, TokenProvider};

    use super::*;
    use crate::call::StreamEvent;
    use crate::http::Limits;

    /// Google's credentials, as far as tests have them.
    struct Credentials;

    #[async_trait]
    impl TokenProvider for Credentials {
        async fn token(&self, _scopes: &[&str]) -> Result<Arc<Token>, Error> {
            let token = serde_json::json!({"access_token": "token-1", "expires_in": 3600});
            serde_json::from_value(token).map(Arc::new).map_err(|error| Error::Json("", error))
        }

        async fn project_id(&self) -> Result<Arc<str>, Error> {
            Ok("p-1".into())
        }
    }

    #[tokio::test]
    async fn geminis_wire_is_spoken_at_the_projects_address_with_a_token() {
        let server = loopback::Loopback::start().await.unwrap();
        let base_url = BaseUrl::parse("TEST", &server.base_url()).unwrap();
        let clients = Clients::new(Limits::default()).unwrap();
        let mut vertex = Vertex::new(&clients, config("us-east1", Some(base_url)));
        vertex.tokens = Tokens::of(Arc::new(Credentials));
        assert_eq!(vertex.list_models().await.unwrap().len(), MODELS.len());
        let messages = vec![Message::user("Hello")];
        let conversation = Conversation { system_instructions: String::new(), messages };
        let call = Call { model: "m-1".into(), conversation, settings: Settings::default() };
        let events: Vec<_> = vertex.stream(&call).await.unwrap().collect().await;
        assert_eq!(*events[0].as_ref().unwrap(), StreamEvent::Text("Echo: ".into()));
        let request = &server.requests()[0];
        assert_eq!(
            request.path,
            "/v1/projects/p-1/locations/us-east1/publishers/google/models/m-1:streamGenerateContent"
        );
        assert_eq!(request.header("authorization"), Some("Bearer token-1"));
    }

    fn config(location: &str, base_url: Option<BaseUrl>) -> VertexConfig {
        VertexConfig { project: "p-1".to_owned(), location: location.to_owned(), base_url }
    }

    #[test]
    fn each_location_has_its_host() {
        let check = |location: &str, expected: &str| {
            let clients = Clients::new(Limits::default()).unwrap();
            let vertex = Vertex::new(&clients, config(location, None));
            assert_eq!(vertex.base_url.as_str(), expected);
        };
        check("global", "https://aiplatform.googleapis.com/v1/projects/p-1/locations/global");
        check(
            "europe-west4",
            "https://europe-west4-aiplatform.googleapis.com/v1/projects/p-1/locations/europe-west4",
        );
    }
}
