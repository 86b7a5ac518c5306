//! Calls that fail: each reads differently, and names what to do.

use std::time::{Duration, SystemTime};

use align::model::FailureKind;
use expect_test::{Expect, expect};
use loopback::{Behaviour, FaultKind, Finish, ScriptedAnswer, Status};
use models::Models;

use crate::fixture::{Fixture, PROVIDERS, config};

async fn check(behaviour: impl Into<Behaviour>, expected: &Expect) {
    let fixture = Fixture::new().await;
    let behaviour = behaviour.into();
    let mut lines = Vec::new();
    for provider in PROVIDERS {
        lines.push(fixture.answer_to(provider, behaviour.clone()).await);
    }
    expected.assert_eq(&lines.join("\n"));
}

#[tokio::test]
async fn a_wrong_key_names_its_variable() {
    check(Status::error(401), &expect![[r"
        !Authentication Gemini answered 401: it does not accept the key. It says: “The key is not valid.” Check GEMINI_API_KEY and start Attune again.
        !Authentication Lab cluster answered 401: it does not accept the key. It says: “The key is not valid.” Check OPENAI_API_KEY and start Attune again.
        !Authentication Anthropic answered 401: it does not accept the key. It says: “The key is not valid.” Check ANTHROPIC_API_KEY and start Attune again."]]).await;
    check(Status::error(403), &expect![[r"
        !Authentication Gemini answered 403: the key is not allowed to do this. It says: “The key is not valid.” Check GEMINI_API_KEY and start Attune again.
        !Authentication Lab cluster answered 403: the key is not allowed to do this. It says: “The key is not valid.” Check OPENAI_API_KEY and start Attune again.
        !Authentication Anthropic answered 403: the key is not allowed to do this. It says: “The key is not valid.” Check ANTHROPIC_API_KEY and start Attune again."]]).await;
}

#[tokio::test]
async fn an_unknown_model_is_named() {
    check(Status::error(404), &expect![[r"
        !UnknownModel Gemini answered 404: it does not know the model “m-1”. It says: “There is no such model.” Check the spelling of the model's name, or choose one from the list.
        !UnknownModel Lab cluster answered 404: it does not know the model “m-1”. It says: “There is no such model.” Check the spelling of the model's name, or choose one from the list.
        !UnknownModel Anthropic answered 404: it does not know the model “m-1”. It says: “There is no such model.” Check the spelling of the model's name, or choose one from the list."]]).await;
}

#[tokio::test]
async fn a_used_up_quota_says_when_to_come_back() {
    check(Status::error(429).with_header("retry-after", "7"), &expect![[r"
        !RateLimit (7000 ms) Gemini answered: rate limit reached (429). It says: “You exceeded your current quota.” Try again in 7 s, or choose another model.
        !RateLimit (7000 ms) Lab cluster answered: rate limit reached (429). It says: “You exceeded your current quota.” Try again in 7 s, or choose another model.
        !RateLimit (7000 ms) Anthropic answered: rate limit reached (429). It says: “You exceeded your current quota.” Try again in 7 s, or choose another model."]]).await;
}

#[tokio::test]
async fn a_retry_date_is_turned_into_a_wait() {
    let fixture = Fixture::new().await;
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(90));
    fixture.server.answer_next(Status::error(429).with_header("retry-after", date));
    let error = fixture.error("openai", "m-1").await;
    let wait_ms = error.failure().retry_after_ms.unwrap();
    assert!((80_000..=90_000).contains(&wait_ms), "{wait_ms}");
}

#[tokio::test]
async fn a_failing_provider_is_told_from_a_refused_request() {
    check(Status::error(500), &expect![[r"
        !Provider Gemini answered 500: internal error at the provider. It says: “An internal error occurred.” Try again in a minute, or choose another model.
        !Provider Lab cluster answered 500: internal error at the provider. It says: “An internal error occurred.” Try again in a minute, or choose another model.
        !Provider Anthropic answered 500: internal error at the provider. It says: “An internal error occurred.” Try again in a minute, or choose another model."]]).await;
    check(Status::error(503), &expect![[r"
        !Provider Gemini answered 503: it is overloaded. It says: “The model is overloaded.” Try again in a minute, or choose another model.
        !Provider Lab cluster answered 503: it is overloaded. It says: “The model is overloaded.” Try again in a minute, or choose another model.
        !Provider Anthropic answered 503: it is overloaded. It says: “The model is overloaded.” Try again in a minute, or choose another model."]]).await;
    check(Status::error(400), &expect![[r"
        !InvalidRequest Gemini answered 400: it refuses the request. It says: “The request is not valid.” Change the settings or the prompt, or choose another model.
        !InvalidRequest Lab cluster answered 400: it refuses the request. It says: “The request is not valid.” Change the settings or the prompt, or choose another model.
        !InvalidRequest Anthropic answered 400: it refuses the request. It says: “The request is not valid.” Change the settings or the prompt, or choose another model."]]).await;
}

#[tokio::test]
async fn blocked_prompts_and_answers_name_the_reason() {
    check(ScriptedAnswer::text("Some text.").with_finish(Finish::Blocked), &expect![[r"
        Some text.!Blocked Gemini blocked the answer: dangerous content. Reword the prompt and try again, or choose another model.
        Some text.!Blocked Lab cluster blocked the answer: its content filter. Reword the prompt and try again, or choose another model.
        Some text.!Blocked Anthropic blocked the answer: its safety classifiers declined. Reword the prompt and try again, or choose another model."]]).await;
    check(ScriptedAnswer::text("").with_finish(Finish::PromptBlocked), &expect![[r"
        !Blocked Gemini blocked the prompt: dangerous content. Reword the prompt or its values, or choose another model.
        !Blocked Lab cluster blocked the answer: its content filter. Reword the prompt and try again, or choose another model.
        !Blocked Anthropic blocked the answer: its safety classifiers declined. Reword the prompt and try again, or choose another model."]]).await;
}

#[tokio::test]
async fn what_is_no_stream_is_malformed() {
    check(Status::body(200, "text/html", "<h1>Sign in</h1>"), &expect![[r"
        !Malformed Gemini answered a web page instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
        !Malformed Lab cluster answered a web page instead of a model's answer. Check that OPENAI_BASE_URL is right, and any proxy on the way.
        !Malformed Anthropic answered a web page instead of a model's answer. Check that ANTHROPIC_BASE_URL is right, and any proxy on the way."]]).await;
    check(Status::body(200, "text/event-stream", "<h1>Sign in</h1>"), &expect![[r"
        !Malformed Gemini answered a web page instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
        !Malformed Lab cluster answered a web page instead of a model's answer. Check that OPENAI_BASE_URL is right, and any proxy on the way.
        !Malformed Anthropic answered a web page instead of a model's answer. Check that ANTHROPIC_BASE_URL is right, and any proxy on the way."]]).await;
    check(Status::body(200, "text/plain", "Welcome"), &expect![[r"
        !Malformed Gemini answered plain text instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
        !Malformed Lab cluster answered plain text instead of a model's answer. Check that OPENAI_BASE_URL is right, and any proxy on the way.
        !Malformed Anthropic answered plain text instead of a model's answer. Check that ANTHROPIC_BASE_URL is right, and any proxy on the way."]]).await;
    check(Status::body(200, "application/json", "{\"ok\": tru"), &expect![[r"
        !Malformed Gemini answered broken or unexpected JSON instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
        !Malformed Lab cluster answered broken or unexpected JSON instead of a model's answer. Check that OPENAI_BASE_URL is right, and any proxy on the way.
        !Malformed Anthropic answered broken or unexpected JSON instead of a model's answer. Check that ANTHROPIC_BASE_URL is right, and any proxy on the way."]]).await;
}

#[tokio::test]
async fn an_error_may_come_with_a_good_status() {
    let body = r#"{"error": {"message": "Slow down.", "code": 429}}"#;
    check(Status::body(200, "application/json", body), &expect![[r"
        !RateLimit Gemini answered: rate limit reached (429). It says: “Slow down.” Try again in a minute, or choose another model.
        !RateLimit Lab cluster answered: rate limit reached (429). It says: “Slow down.” Try again in a minute, or choose another model.
        !RateLimit Anthropic answered: rate limit reached (429). It says: “Slow down.” Try again in a minute, or choose another model."]]).await;
}

#[tokio::test]
async fn a_page_with_a_bad_status_is_not_quoted() {
    check(Status::body(502, "text/html", "<h1>Bad gateway</h1>"), &expect![[r"
        !Provider Gemini answered 502: a gateway on the way failed. Try again in a minute, or choose another model.
        !Provider Lab cluster answered 502: a gateway on the way failed. Try again in a minute, or choose another model.
        !Provider Anthropic answered 502: a gateway on the way failed. Try again in a minute, or choose another model."]]).await;
}

#[tokio::test]
async fn redirects_are_not_followed_with_keys() {
    let status = Status::error(307).with_header("location", "http://127.0.0.1:1/elsewhere");
    check(status, &expect![[r"
        !InvalidRequest Gemini answered 307: it has moved, and redirects are not followed. It says: “The request is not valid.” Set GEMINI_BASE_URL to the address it redirects to.
        !InvalidRequest Lab cluster answered 307: it has moved, and redirects are not followed. It says: “The request is not valid.” Set OPENAI_BASE_URL to the address it redirects to.
        !InvalidRequest Anthropic answered 307: it has moved, and redirects are not followed. It says: “The request is not valid.” Set ANTHROPIC_BASE_URL to the address it redirects to."]]).await;
}

#[tokio::test]
async fn broken_json_in_the_middle_is_malformed() {
    check(
        ScriptedAnswer::text("One two three four.").with_fault(2, FaultKind::BrokenJson),
        &expect![[r"
            One two !Malformed Gemini answered broken or unexpected JSON instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
            One two !Malformed Lab cluster answered broken or unexpected JSON instead of a model's answer. Check that OPENAI_BASE_URL is right, and any proxy on the way.
            One two !Malformed Anthropic answered broken or unexpected JSON instead of a model's answer. Check that ANTHROPIC_BASE_URL is right, and any proxy on the way."]],
    )
    .await;
}

#[tokio::test]
async fn an_answer_without_its_end_is_cut_short() {
    let answer = ScriptedAnswer::text("One two three four.");
    check(answer.clone().with_fault(2, FaultKind::Cut), &expect![[r"
        One two !CutShort The answer of Gemini broke off before its end. Try again; what has arrived is kept.
        One two !CutShort The answer of Lab cluster broke off before its end. Try again; what has arrived is kept.
        One two !CutShort The answer of Anthropic broke off before its end. Try again; what has arrived is kept."]]).await;
    check(answer.clone().with_fault(2, FaultKind::Unfinished), &expect![[r"
        One two !CutShort The answer of Gemini broke off before its end. Try again; what has arrived is kept.
        One two !CutShort The answer of Lab cluster broke off before its end. Try again; what has arrived is kept.
        One two !CutShort The answer of Anthropic broke off before its end. Try again; what has arrived is kept."]]).await;
    check(answer.clone().with_fault(2, FaultKind::CutInCharacter), &expect![[r"
        One two !CutShort The answer of Gemini broke off before its end. Try again; what has arrived is kept.
        One two !CutShort The answer of Lab cluster broke off before its end. Try again; what has arrived is kept.
        One two !CutShort The answer of Anthropic broke off before its end. Try again; what has arrived is kept."]]).await;
    check(answer.with_fault(0, FaultKind::Unfinished), &expect![[r"
        !CutShort Gemini closed the connection before it answered. Try again, or choose another model.
        !CutShort Lab cluster closed the connection before it answered. Try again, or choose another model.
        !CutShort Anthropic closed the connection before it answered. Try again, or choose another model."]]).await;
}

#[tokio::test]
async fn an_error_in_the_middle_is_an_error() {
    let answer = ScriptedAnswer::text("One two three four.");
    check(answer.clone().with_fault(2, FaultKind::ErrorEvent { status: 503 }), &expect![[r"
        One two !Provider Gemini broke off: internal error at the provider. It says: “The model is overloaded.” Try again in a minute, or choose another model.
        One two !Provider Lab cluster broke off: internal error at the provider. It says: “The model is overloaded.” Try again in a minute, or choose another model.
        One two !Provider Anthropic broke off: internal error at the provider. It says: “The model is overloaded.” Try again in a minute, or choose another model."]])
        .await;
    check(answer.with_fault(2, FaultKind::ErrorEvent { status: 429 }), &expect![[r"
        One two !RateLimit (32000 ms) Gemini broke off: rate limit reached. It says: “You exceeded your current quota.” Try again in 32 s, or choose another model.
        One two !RateLimit Lab cluster broke off: rate limit reached. It says: “You exceeded your current quota.” Try again in a minute, or choose another model.
        One two !RateLimit Anthropic broke off: rate limit reached. It says: “You exceeded your current quota.” Try again in a minute, or choose another model."]]).await;
}

#[tokio::test]
async fn silence_ends_after_its_limit() {
    check(ScriptedAnswer::text("One two three.").with_fault(2, FaultKind::Silence), &expect![[r"
        One two !Timeout Gemini fell silent: nothing more of the answer for 0.3 s. Try again; what has arrived is kept.
        One two !Timeout Lab cluster fell silent: nothing more of the answer for 0.3 s. Try again; what has arrived is kept.
        One two !Timeout Anthropic fell silent: nothing more of the answer for 0.3 s. Try again; what has arrived is kept."]])
        .await;
}

#[tokio::test]
async fn a_provider_that_is_down_is_named_with_its_address() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let fixture = Fixture {
        server: loopback::Loopback::start().await.unwrap(),
        models: Models::connect(config(&format!("http://127.0.0.1:{port}"), "k")).await.unwrap(),
    };
    let answer = fixture.answer("openai", "m-1").await;
    expect!["!Unreachable Lab cluster cannot be reached at 127.0.0.1:PORT: connection refused. Check that it is running and that OPENAI_BASE_URL is right, then try again."].assert_eq(&answer.replace(&port.to_string(), "PORT"));
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_named() {
    let models = Models::connect(config("http://no-such-host.invalid", "k")).await.unwrap();
    let fixture = Fixture { server: loopback::Loopback::start().await.unwrap(), models };
    let answer = fixture.answer("gemini", "m-1").await;
    assert!(
        answer.starts_with("!Unreachable Gemini cannot be reached at no-such-host.invalid:80"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_provider_that_is_not_connected_is_named() {
    let fixture = Fixture::new().await;
    let error = fixture.error("elsewhere", "m-1").await;
    assert_eq!(error.kind(), FailureKind::NotConnected);
    assert_eq!(error.failure().message, "“elsewhere” is not connected.");
}

#[tokio::test]
async fn keys_are_blotted_out_of_what_a_provider_says() {
    let key = "planted-key-42";
    let fixture = Fixture::with_key(key).await;
    let body = format!(r#"{{"error": {{"message": "The key {key} is bad.", "code": 400}}}}"#);
    for provider in PROVIDERS {
        let status = Status::body(400, "application/json", &*body);
        let answer = fixture.answer_to(provider, status).await;
        assert!(answer.contains("The key … is bad.") && !answer.contains(key), "{answer}");
    }
}
