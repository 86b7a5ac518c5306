//! Calls that are tried again, and those that are not.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use align::model::{ModelRef, Settings};
use align::record::Waiting;
use expect_test::{Expect, expect};
use futures_util::StreamExt;
use loopback::{Behaviour, ClosedPort, FaultKind, Loopback, ScriptedAnswer, Status};
use models::{Config, Limits, Models, Retries, StreamEvent};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::fixture::{Fixture, KEY, PROVIDERS, config, conversation, written};

/// Short pauses, all of the same length after the same try.
const RETRIES: Retries = Retries {
    tries: 4,
    limit: Duration::from_mins(1),
    pause: Duration::from_millis(20),
    jitter: || 1.0,
};

async fn fixture(retries: Retries) -> Fixture {
    let server = Loopback::start().await.unwrap();
    let config = Config { retries, ..config(&server.base_url(), KEY) };
    Fixture { models: Models::connect(config).await.unwrap(), server }
}

/// How often a model was called.
fn calls(fixture: &Fixture) -> usize {
    fixture.server.requests().iter().filter(|request| request.method == "POST").count()
}

/// Answers with these in turn, then well; writes down what Gemini's caller sees.
async fn check<const COUNT: usize>(behaviours: [Behaviour; COUNT], expected: &Expect) {
    let fixture = fixture(RETRIES).await;
    for behaviour in behaviours {
        fixture.server.answer_next(behaviour);
    }
    let answer = fixture.answer("gemini", "echo").await;
    let address = fixture.server.address().to_string();
    let seen = format!("{answer}\n{} requests", calls(&fixture));
    expected.assert_eq(&seen.replace(&address, "ADDRESS"));
}

fn error(code: u16) -> Behaviour {
    Status::error(code).into()
}

fn broken(after_tokens: usize, kind: FaultKind) -> Behaviour {
    ScriptedAnswer::text("One two three").with_fault(after_tokens, kind).into()
}

#[tokio::test]
async fn an_overloaded_provider_is_asked_again() {
    check([error(503), error(500)], &expect![[r"
        (try 2 of 4 in 20 ms: Gemini answered 503: it is overloaded. It says: “The model is overloaded.”)
        (try 3 of 4 in 40 ms: Gemini answered 500: internal error at the provider. It says: “An internal error occurred.”)
        Echo: Name it.|Stop Some((7, 3, 0))
        3 requests"]]).await;
}

#[tokio::test]
async fn after_four_tries_it_is_a_failure_that_says_so() {
    check([error(503), error(429), error(500), error(503)], &expect![[r"
        (try 2 of 4 in 20 ms: Gemini answered 503: it is overloaded. It says: “The model is overloaded.”)
        (try 3 of 4 in 40 ms: Gemini answered: rate limit reached (429). It says: “You exceeded your current quota.”)
        (try 4 of 4 in 80 ms: Gemini answered 500: internal error at the provider. It says: “An internal error occurred.”)
        !Provider Gemini answered 503: it is overloaded. It says: “The model is overloaded.” It was tried 4 times. Try again in a minute, or choose another model.
        4 requests"]]).await;
}

#[tokio::test]
async fn connections_that_break_before_the_first_token_are_made_again() {
    let cut = broken(0, FaultKind::Cut);
    check(
        [Behaviour::Reset, cut, broken(0, FaultKind::Unfinished)],
        &expect![[r"
        (try 2 of 4 in 20 ms: Gemini cannot be reached at ADDRESS: the connection broke.)
        (try 3 of 4 in 40 ms: Gemini closed the connection before it answered.)
        (try 4 of 4 in 80 ms: Gemini closed the connection before it answered.)
        Echo: Name it.|Stop Some((7, 3, 0))
        4 requests"]],
    )
    .await;
}

#[tokio::test]
async fn an_error_event_before_the_first_token_is_tried_again() {
    check([broken(0, FaultKind::ErrorEvent { status: 503 })], &expect![[r"
        (try 2 of 4 in 20 ms: Gemini answered 503: it is overloaded. It says: “The model is overloaded.”)
        Echo: Name it.|Stop Some((7, 3, 0))
        2 requests"]]).await;
}

#[tokio::test]
async fn nothing_is_repeated_after_the_first_token() {
    check([broken(2, FaultKind::Reset)], &expect![[r"
        One two !CutShort The answer of Gemini broke off before its end. Try again; what has arrived is kept.
        1 requests"]]).await;
    check([broken(2, FaultKind::ErrorEvent { status: 429 })], &expect![[r"
        One two !RateLimit (32000 ms) Gemini broke off: rate limit reached. It says: “You exceeded your current quota.” Try again in 32 s, or choose another model.
        1 requests"]]).await;
    let thinking =
        ScriptedAnswer { thoughts: vec!["Hm. ".into()], ..ScriptedAnswer::text("One two") };
    check([thinking.with_fault(1, FaultKind::Cut).into()], &expect![[r"
        [Hm. ]!CutShort The answer of Gemini broke off before its end. Try again; what has arrived is kept.
        1 requests"]]).await;
}

#[tokio::test]
async fn what_would_fail_again_is_not_repeated() {
    for code in [400, 401, 402, 403, 404, 413, 501] {
        let fixture = fixture(RETRIES).await;
        for provider in PROVIDERS {
            let answer = fixture.answer_to(provider, Status::error(code)).await;
            assert!(answer.starts_with('!'), "{code}: {answer}");
        }
        assert_eq!(calls(&fixture), PROVIDERS.len(), "{code}");
    }
    check([Status::body(200, "text/html", "<h1>Sign in</h1>").into()], &expect![[r"
        !Malformed Gemini answered a web page instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
        1 requests"]]).await;
}

#[tokio::test]
async fn a_provider_that_asks_to_wait_is_waited_for() {
    check([Status::error(429).retry_after(1).into()], &expect![[r"
        (try 2 of 4 in 1020 ms: Gemini answered: rate limit reached (429). It says: “You exceeded your current quota.”)
        Echo: Name it.|Stop Some((7, 3, 0))
        2 requests"]]).await;
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_named_at_once() {
    check([Status::error(429).retry_after(61).into()], &expect![[r"
        !RateLimit (61000 ms) Gemini answered: rate limit reached (429). It says: “You exceeded your current quota.” Try again in 61 s, or choose another model.
        1 requests"]]).await;
}

#[tokio::test]
async fn a_wait_ends_when_the_answer_is_dropped() {
    let fixture = fixture(Retries { pause: Duration::from_secs(50), ..RETRIES }).await;
    fixture.server.answer_next(Status::error(503));
    let mut answer = fixture.stream("anthropic", "echo");
    let first = timeout(Duration::from_secs(5), answer.next()).await.unwrap();
    assert!(matches!(first, Some(Ok(StreamEvent::Waiting(Waiting::Retry { .. })))));
    drop(answer);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(calls(&fixture), 1);
}

#[tokio::test]
async fn a_server_that_is_just_starting_is_found() {
    let port = ClosedPort::take().unwrap();
    let address = port.base_url();
    let config = Config { retries: RETRIES, ..config(&address, KEY) };
    let models = Models::connect(config).await.unwrap();
    let model = ModelRef::new("openai", "echo");
    let mut answer = models.stream(&model, conversation(), Settings::default());
    let Some(Ok(StreamEvent::Waiting(Waiting::Retry { cause, .. }))) = answer.next().await else {
        panic!("no wait")
    };
    let expected = format!("{}: connection refused.", address.trim_start_matches("http://"));
    assert!(cause.ends_with(&expected), "{cause}");
    drop(port);
    let port = address.rsplit_once(':').unwrap().1.parse().unwrap();
    let options = loopback::Options { port, ..loopback::Options::default() };
    let _server = Loopback::start_with(options).await.unwrap();
    let text = answer.filter_map(async |event| match event {
        Ok(StreamEvent::Text(text)) => Some(text),
        _ => None,
    });
    assert_eq!(text.collect::<String>().await, "Echo: Name it.");
}

/// An address where connections are never made: the queue of its socket is full, and nobody accepts.
struct Deaf {
    address: SocketAddr,
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl Deaf {
    async fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let mut queue = Vec::new();
        let pause = Duration::from_millis(200);
        while let Ok(Ok(connection)) = timeout(pause, TcpStream::connect(address)).await {
            queue.push(connection);
        }
        Self { address, _listener: listener, _queue: queue }
    }
}

#[tokio::test]
async fn a_connection_that_is_never_made_has_a_limit_and_is_tried_again() {
    let deaf = Deaf::new().await;
    let limits = Limits { connect: Duration::from_millis(100), ..Limits::default() };
    let address = format!("http://{}", deaf.address);
    let config = Config { retries: RETRIES, limits, ..config(&address, KEY) };
    let models = Models::connect(config).await.unwrap();
    let model = ModelRef::new("anthropic", "echo");
    let seen = written(models.stream(&model, conversation(), Settings::default())).await;
    expect![[r"
        (try 2 of 4 in 20 ms: Anthropic did not connect within 0.1 s.)
        (try 3 of 4 in 40 ms: Anthropic did not connect within 0.1 s.)
        (try 4 of 4 in 80 ms: Anthropic did not connect within 0.1 s.)
        !Timeout Anthropic did not connect within 0.1 s. It was tried 4 times. Check that it is running and that ANTHROPIC_BASE_URL is right, then try again."]].assert_eq(&seen);
}
