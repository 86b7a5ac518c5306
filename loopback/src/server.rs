//! The server itself.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State as Extract};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::behaviour::{Behaviour, ScriptedAnswer};
use crate::connection::{Reset, Resettable};
use crate::named::numbered;
use crate::play;
use crate::received::Received;
use crate::state::State;
use crate::wire::{self, Task};

/// The most bytes of a request.
const REQUEST_LIMIT_BYTES: usize = 64 << 20;

/// Settings for all answers that a model's name selects.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Pause before the first token.
    pub first_token: Option<Duration>,
    /// Pause before each further token.
    pub token: Option<Duration>,
    /// Exactly this many tokens instead of the model's own.
    pub tokens: Option<usize>,
    /// Names of the models to list; a few of its own if empty.
    pub models: Vec<String>,
}

impl Options {
    pub(crate) fn apply(&self, mut answer: ScriptedAnswer) -> ScriptedAnswer {
        if let Some(count) = self.tokens {
            answer.tokens = numbered(count).tokens;
        }
        answer.first_token = self.first_token.unwrap_or(answer.first_token);
        answer.token = self.token.unwrap_or(answer.token);
        answer
    }
}

/// A running server. It stops when it is dropped.
pub struct Loopback {
    address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl Loopback {
    /// Starts on a free port.
    pub async fn start() -> io::Result<Self> {
        Self::start_with(Options::default()).await
    }

    /// Starts with settings.
    pub async fn start_with(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::new(options));
        let router = Router::new().fallback(answer).with_state(state.clone());
        let task = tokio::spawn(async move {
            // Serving only ends when the task is aborted.
            let router = router.into_make_service_with_connect_info::<Reset>();
            let _ = axum::serve(Resettable(listener), router).await;
        });
        Ok(Self { address, state, task })
    }

    /// Its address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`, the base URL for Gemini, Vertex AI and Anthropic.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The base URL for OpenAI.
    pub fn openai_base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Puts the answer to one request at the end of the queue, whatever its model.
    pub fn answer_next(&self, behaviour: impl Into<Behaviour>) {
        self.state.answer_next(behaviour.into());
    }

    /// Answers all requests for `model` like this, when the queue is empty.
    pub fn answer_model(&self, model: &str, behaviour: impl Into<Behaviour>) {
        self.state.answer_model(model, behaviour.into());
    }

    /// The last 1,000 requests, oldest first.
    pub fn requests(&self) -> Vec<Received> {
        self.state.requests()
    }

    /// How many answers their readers gave up before the end.
    pub fn disconnects(&self) -> usize {
        *self.state.disconnects.borrow()
    }

    /// Waits until `count` answers were given up.
    pub async fn wait_for_disconnects(&self, count: usize) {
        let mut disconnects = self.state.disconnects.subscribe();
        // The sender lives in `self`.
        let _ = disconnects.wait_for(|known| *known >= count).await;
    }

    /// Serves until the process ends.
    pub async fn run(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    Extract(state): Extract<Arc<State>>,
    ConnectInfo(reset): ConnectInfo<Reset>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, REQUEST_LIMIT_BYTES).await else {
        return axum::http::StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let received = Received::new(&parts, &body);
    if received.path == "/_requests" {
        return Json(state.requests()).into_response();
    }
    let task = wire::read(&received);
    let has_wrong_key = ["authorization", "x-api-key", "x-goog-api-key"]
        .iter()
        .any(|name| received.header(name).is_some_and(|key| key.contains("wrong")));
    state.keep(received.clone());
    match task {
        None => axum::http::StatusCode::NOT_FOUND.into_response(),
        Some(Task { format, .. }) if has_wrong_key => play::error(format, 401, None),
        Some(Task { format, asked: None }) => {
            Json(format.listing(&received, &state.options.models)).into_response()
        }
        Some(Task { format, asked: Some(asked) }) => match state.behaviour(format, &asked) {
            Behaviour::Reset => play::reset(&reset),
            Behaviour::Replay(replay) => replay.response(),
            Behaviour::Status(status) => play::status(format, &status),
            Behaviour::ScriptedAnswer(answer) if asked.streams => {
                play::stream(format, answer, state.clone(), reset)
            }
            Behaviour::ScriptedAnswer(answer) => play::whole(format, answer).await,
        },
    }
}

/// A body of JSON or text with its type.
pub(crate) fn body(content_type: &'static str, body: impl Into<Body>) -> Response {
    ([("content-type", content_type)], body.into()).into_response()
}
