//! Providers connected to a loopback server.

use std::time::Duration;

use align::model::{Conversation, Message, ModelRef, Settings};
use futures_util::StreamExt;
use loopback::{Behaviour, Loopback};
use models::{ApiKey, BaseUrl, Config, Connection, Limits, ModelStream, Models, StreamEvent};

/// The key of all test providers.
pub(crate) const KEY: &str = "test-key-0123456789";

/// The providers whose wire formats differ.
pub(crate) const PROVIDERS: [&str; 3] = ["gemini", "openai", "anthropic"];

/// A server, and the models connected to it.
pub(crate) struct Fixture {
    pub(crate) server: Loopback,
    pub(crate) models: Models,
}

impl Fixture {
    pub(crate) async fn new() -> Self {
        Self::with_key(KEY).await
    }

    pub(crate) async fn with_key(key: &str) -> Self {
        let server = Loopback::start().await.unwrap();
        let config = config(&server.base_url(), key);
        Self { server, models: Models::connect(config).await.unwrap() }
    }

    /// Calls a model with one message.
    pub(crate) async fn stream(&self, provider: &str, model: &str) -> ModelStream {
        let result = self.call(provider, model, Settings::default()).await;
        result.unwrap_or_else(|error| panic!("{provider}: {error}"))
    }

    pub(crate) async fn call(
        &self,
        provider: &str,
        model: &str,
        settings: Settings,
    ) -> Result<ModelStream, models::ModelError> {
        self.models.stream(&ModelRef::new(provider, model), conversation(), settings).await
    }

    /// The whole answer as text: `[thought]text|finish usage`, or the failure at its end.
    pub(crate) async fn answer(&self, provider: &str, model: &str) -> String {
        match self.call(provider, model, Settings::default()).await {
            Ok(answer) => written(answer).await,
            Err(error) => failure(&error),
        }
    }

    /// The whole answer to a behaviour.
    pub(crate) async fn answer_to(
        &self,
        provider: &str,
        behaviour: impl Into<Behaviour>,
    ) -> String {
        self.server.answer_next(behaviour);
        self.answer(provider, "m-1").await
    }
}

/// All three providers at one address, with short time limits.
pub(crate) fn config(base_url: &str, key: &str) -> Config {
    let connection = |base_url: &str| {
        let base_url = BaseUrl::parse("TEST_BASE_URL", base_url).unwrap();
        let key = ApiKey::new("TEST_API_KEY", key).unwrap();
        Some(Connection { base_url: Some(base_url), key: Some(key) })
    };
    Config {
        gemini: connection(base_url),
        anthropic: connection(base_url),
        openai: connection(&format!("{base_url}/v1")),
        limits: Limits { silence: Duration::from_millis(300), ..Limits::default() },
        ..Config::default()
    }
}

pub(crate) fn conversation() -> Conversation {
    Conversation {
        system_instructions: "Be brief.".to_owned(),
        messages: vec![Message::user("Hi"), Message::model("Hello."), Message::user("Name it.")],
    }
}

/// An answer, written down.
pub(crate) async fn written(mut answer: ModelStream) -> String {
    let mut text = String::new();
    while let Some(event) = answer.next().await {
        let piece = match event {
            Ok(StreamEvent::Text(text)) => text,
            Ok(StreamEvent::Thought(thought)) => format!("[{thought}]"),
            Ok(StreamEvent::Done { finish, usage }) => {
                let counts = usage.map(|it| (it.input_tokens, it.output_tokens, it.thought_tokens));
                format!("|{finish:?} {counts:?}")
            }
            Err(error) => failure(&error),
        };
        text.push_str(&piece);
    }
    text
}

/// A failure, written down as a person reads it.
pub(crate) fn failure(error: &models::ModelError) -> String {
    let failure = error.failure();
    let wait = failure.retry_after_ms.map(|ms| format!(" ({ms} ms)")).unwrap_or_default();
    format!("!{:?}{wait} {} {}", failure.kind, failure.message, failure.hint)
}
