//! Providers connected to a loopback server.

use std::time::Duration;

use align::model::{Conversation, Message, ModelRef, Settings};
use align::record::Waiting;
use futures_util::StreamExt;
use loopback::{Behaviour, Loopback};
use models::{
    ApiKey, BaseUrl, Config, Connection, Limits, ModelError, ModelStream, Models, Retries,
    StreamEvent,
};

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
    pub(crate) fn stream(&self, provider: &str, model: &str) -> ModelStream {
        self.call(provider, model, Settings::default())
    }

    pub(crate) fn call(&self, provider: &str, model: &str, settings: Settings) -> ModelStream {
        self.models.stream(&ModelRef::new(provider, model), conversation(), settings)
    }

    /// The failure of a call that nothing is answered to.
    pub(crate) async fn error(&self, provider: &str, model: &str) -> ModelError {
        let first = self.stream(provider, model).next().await;
        first.unwrap().err().unwrap_or_else(|| panic!("{provider}/{model} answers"))
    }

    /// The whole answer as text: `[thought]text|finish usage`, or the failure at its end.
    pub(crate) async fn answer(&self, provider: &str, model: &str) -> String {
        written(self.stream(provider, model)).await
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

/// All three providers at one address, with short time limits and without retries.
pub(crate) fn config(base_url: &str, key: &str) -> Config {
    let connection = |base_url: &str, label: Option<&str>| {
        let base_url = BaseUrl::parse("TEST_BASE_URL", base_url).unwrap();
        let key = ApiKey::new("TEST_API_KEY", key).unwrap();
        let label = label.map(str::to_owned);
        Some(Connection {
            base_url: Some(base_url),
            key: Some(key),
            label,
            ..Connection::default()
        })
    };
    Config {
        gemini: connection(base_url, None),
        anthropic: connection(base_url, None),
        openai: connection(&format!("{base_url}/v1"), Some("Lab cluster")),
        limits: Limits { silence: Duration::from_millis(300), ..Limits::default() },
        retries: Retries::none(),
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
            Ok(StreamEvent::TextWasThought) => {
                text = format!("[{text}]");
                continue;
            }
            Ok(StreamEvent::Waiting(waiting)) => waits(&waiting),
            Ok(StreamEvent::Asking) => String::new(),
            Ok(StreamEvent::InstructionsMoved) => "moved: ".to_owned(),
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

/// A wait, written down: `(try 2 of 4 in 0.1 s: cause)` or `(place 2)`.
fn waits(waiting: &Waiting) -> String {
    match waiting {
        Waiting::Turn { place, provider } => format!("(place {place} at {provider})\n"),
        Waiting::Retry { next_try, tries, wait_ms, cause } => {
            format!("(try {next_try} of {tries} in {wait_ms} ms: {cause})\n")
        }
    }
}

/// A failure, written down as a person reads it.
pub(crate) fn failure(error: &models::ModelError) -> String {
    let failure = error.failure();
    let wait = failure.retry_after_ms.map(|ms| format!(" ({ms} ms)")).unwrap_or_default();
    format!("!{:?}{wait} {} {}", failure.kind, failure.message, failure.hint)
}
