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
            secrets: Vec::new(),
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
        url.query_pairs_mut().append_pair("alt", "sse");
        let body = request::body(call);
        let request = self.http.post(url, &body).header("authorization", token);
        self.http.stream(request, &call.model, response::Reader::default()).await
    }

    fn default_model(&self, listed: &[ModelInfo]) -> Option<String> {
        Some(listing::default_model(listed))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use align::model::{Conversation, Message, Settings};
    use expect_test::expect;
    use futures_util::StreamExt;
    use gcp_auth::{Error, Token, TokenProvider};

    use super::*;
    use crate::call::{Priority, StreamEvent};
    use crate::calling;
    use crate::form::{Form, Forms};
    use crate::http::Limits;
    use crate::line::Line;
    use crate::retries::Retries;

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

    /// Vertex AI played by a server on this machine.
    async fn fixture() -> (loopback::Loopback, Vertex) {
        let server = loopback::Loopback::start().await.unwrap();
        let base_url = BaseUrl::parse("TEST", &server.base_url()).unwrap();
        let limits = Limits { silence: Duration::from_millis(300), ..Limits::default() };
        let clients = Clients::new(limits, None).unwrap();
        let mut vertex = Vertex::new(&clients, config("us-east1", Some(base_url)));
        vertex.tokens = Tokens::of(Arc::new(Credentials));
        (server, vertex)
    }

    fn call(model: &str) -> Call {
        let messages = vec![Message::user("Hello")];
        let conversation = Conversation { system_instructions: String::new(), messages };
        let (settings, form) = (Settings::default(), Form::default());
        Call { model: model.to_owned(), conversation, settings, form }
    }

    #[tokio::test]
    async fn geminis_wire_is_spoken_at_the_projects_address_with_a_token() {
        let (server, vertex) = fixture().await;
        assert_eq!(vertex.list_models().await.unwrap().len(), MODELS.len());
        let events: Vec<_> = vertex.stream(&call("m-1")).await.unwrap().collect().await;
        assert_eq!(*events[0].as_ref().unwrap(), StreamEvent::Text("Echo: ".into()));
        let request = &server.requests()[0];
        assert_eq!(
            request.path,
            "/v1/projects/p-1/locations/us-east1/publishers/google/models/m-1:streamGenerateContent"
        );
        assert_eq!(request.header("authorization"), Some("Bearer token-1"));
    }

    #[tokio::test]
    async fn faults_read_as_they_do_at_gemini() {
        let (server, vertex) = fixture().await;
        let vertex: Arc<dyn Provider> = Arc::new(vertex);
        let pause = Duration::from_millis(5);
        let retries = Retries { pause, limit: Duration::from_secs(10), ..Retries::default() };
        let mut seen = Vec::new();
        for model in FAULTS {
            let before = server.requests().len();
            let events = calling::call(
                vertex.clone(),
                Line::new(1).join(Priority::Interactive),
                retries,
                Forms::default(),
                call(model),
            );
            let events: Vec<_> = events.collect().await;
            let text = events.iter().filter_map(|event| match event {
                Ok(StreamEvent::Text(text)) => Some(text.as_str()),
                _ => None,
            });
            let text: String = text.collect();
            let told = match events.last() {
                Some(Err(error)) => error.failure().message,
                _ => "done".to_owned(),
            };
            let requests = server.requests().len() - before;
            seen.push(format!("{model}, {requests}×, “{text}”: {told}"));
        }
        expect![[r"
            error-401, 1×, “”: Vertex AI answered 401: it does not accept the key. It says: “The key is not valid.”
            error-403, 1×, “”: Vertex AI answered 403: the key is not allowed to do this. It says: “The key is not valid.”
            unknown, 1×, “”: Vertex AI answered 404: it does not know the model “unknown”. It says: “There is no such model.”
            error-429, 4×, “”: Vertex AI answered: rate limit reached (429). It says: “You exceeded your current quota.” It was tried 4 times.
            error-429-after-32, 1×, “”: Vertex AI answered: rate limit reached (429). It says: “You exceeded your current quota.”
            error-500, 4×, “”: Vertex AI answered 500: internal error at the provider. It says: “An internal error occurred.” It was tried 4 times.
            error-503, 4×, “”: Vertex AI answered 503: it is overloaded. It says: “The model is overloaded.” It was tried 4 times.
            no-json, 1×, “”: Vertex AI answered plain text instead of a model's answer.
            broken-json, 1×, “One two three ”: Vertex AI answered broken or unexpected JSON instead of a model's answer.
            html, 1×, “”: Vertex AI answered a web page instead of a model's answer.
            cut-in-character, 1×, “One two three ”: The answer of Vertex AI broke off before its end.
            silent, 1×, “One two three ”: Vertex AI fell silent: nothing more of the answer for 0.3 s.
            drip, 1×, “One two three ”: Vertex AI fell silent: nothing more of the answer for 0.3 s.
            reset, 4×, “”: Vertex AI cannot be reached at ADDRESS: the connection broke. It was tried 4 times.
            reset-later, 1×, “One two three ”: The answer of Vertex AI broke off before its end.
            closed, 4×, “”: Vertex AI closed the connection before it answered. It was tried 4 times.
            flaky-2-503, 3×, “Echo: Hello”: done"]].assert_eq(&seen.join("\n").replace(&server.address().to_string(), "ADDRESS"));
    }

    /// Models of the loopback server that fail before, in, and after the beginning of an answer.
    const FAULTS: [&str; 17] = [
        "error-401",
        "error-403",
        "unknown",
        "error-429",
        "error-429-after-32",
        "error-500",
        "error-503",
        "no-json",
        "broken-json",
        "html",
        "cut-in-character",
        "silent",
        "drip",
        "reset",
        "reset-later",
        "closed",
        "flaky-2-503",
    ];

    fn config(location: &str, base_url: Option<BaseUrl>) -> VertexConfig {
        VertexConfig { project: "p-1".to_owned(), location: location.to_owned(), base_url }
    }

    #[test]
    fn each_location_has_its_host() {
        let check = |location: &str, expected: &str| {
            let clients = Clients::new(Limits::default(), None).unwrap();
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
