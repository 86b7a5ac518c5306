//! Requests that a model refuses in part: it is asked again in another form, and that is remembered.

use align::model::{SafetyThreshold, Settings};
use expect_test::{Expect, expect};
use loopback::Replay;
use serde_json::Value;

use super::{fixture, replay};
use crate::fixture::{Fixture, written};

/// Answers a first call with a refusal, and every other one well; writes down what was sent each time.
async fn check(provider: &str, refusal: Replay, settings: Settings, expected: &Expect) {
    let fixture = fixture().await;
    fixture.server.answer_next(refusal);
    let first = written(fixture.call(provider, "echo", settings.clone())).await;
    let second = written(fixture.call(provider, "echo", settings)).await;
    let mut lines = vec![first, second];
    lines.extend(sent(&fixture));
    expected.assert_eq(&lines.join("\n"));
}

/// The bodies that were sent, in few words.
fn sent(fixture: &Fixture) -> Vec<String> {
    let requests = fixture.server.requests();
    let bodies = requests.iter().filter(|request| request.method == "POST").map(|it| &it.body);
    bodies.map(described).collect()
}

fn described(body: &Value) -> String {
    let messages = body["messages"].as_array().or_else(|| body["contents"].as_array()).unwrap();
    let text =
        |it: &Value| it["content"].as_str().or(it["parts"][0]["text"].as_str()).unwrap().to_owned();
    let messages: Vec<_> = messages.iter().map(text).collect();
    let others =
        ["systemInstruction", "system", "stream_options", "max_tokens", "max_completion_tokens"];
    let others: Vec<_> = others.into_iter().filter(|name| !body[*name].is_null()).collect();
    format!("{messages:?} {others:?}")
}

#[tokio::test]
async fn report_01_gemma_takes_no_system_instructions() {
    check(
        "gemini",
        replay("01-gemma-no-system.json"),
        Settings::default(),
        &expect![[r#"
        moved: Echo: Name it.|Stop Some((7, 3, 0))
        moved: Echo: Name it.|Stop Some((7, 3, 0))
        ["Hi", "Hello.", "Name it."] ["systemInstruction"]
        ["Be brief.\n\nHi", "Hello.", "Name it."] []
        ["Be brief.\n\nHi", "Hello.", "Name it."] []"#]],
    )
    .await;
}

#[tokio::test]
async fn report_01b_a_template_has_no_place_for_system_instructions() {
    check(
        "openai",
        replay("01b-vllm-no-system.json"),
        Settings::default(),
        &expect![[r#"
        moved: Echo: Name it.|Stop Some((7, 3, 0))
        moved: Echo: Name it.|Stop Some((7, 3, 0))
        ["Be brief.", "Hi", "Hello.", "Name it."] ["stream_options"]
        ["Be brief.\n\nHi", "Hello.", "Name it."] ["stream_options"]
        ["Be brief.\n\nHi", "Hello.", "Name it."] ["stream_options"]"#]],
    )
    .await;
}

#[tokio::test]
async fn report_16_stream_options_are_left_out() {
    check(
        "openai",
        replay("16-stream-options-refused.json"),
        Settings::default(),
        &expect![[r#"
        Echo: Name it.|Stop Some((7, 3, 0))
        Echo: Name it.|Stop Some((7, 3, 0))
        ["Be brief.", "Hi", "Hello.", "Name it."] ["stream_options"]
        ["Be brief.", "Hi", "Hello.", "Name it."] []
        ["Be brief.", "Hi", "Hello.", "Name it."] []"#]],
    )
    .await;
}

#[tokio::test]
async fn report_16b_reasons_may_be_a_list() {
    check(
        "openai",
        replay("16b-reason-as-list.json"),
        Settings::default(),
        &expect![[r#"
        Echo: Name it.|Stop Some((7, 3, 0))
        Echo: Name it.|Stop Some((7, 3, 0))
        ["Be brief.", "Hi", "Hello.", "Name it."] ["stream_options"]
        ["Be brief.", "Hi", "Hello.", "Name it."] []
        ["Be brief.", "Hi", "Hello.", "Name it."] []"#]],
    )
    .await;
}

#[tokio::test]
async fn report_19_the_limit_of_tokens_has_two_names() {
    let settings = Settings { max_output_tokens: Some(9), ..Settings::default() };
    check(
        "openai",
        replay("19-max-tokens-refused.json"),
        settings,
        &expect![[r#"
        Echo: Name it.|Stop Some((7, 3, 0))
        Echo: Name it.|Stop Some((7, 3, 0))
        ["Be brief.", "Hi", "Hello.", "Name it."] ["stream_options", "max_tokens"]
        ["Be brief.", "Hi", "Hello.", "Name it."] ["stream_options", "max_completion_tokens"]
        ["Be brief.", "Hi", "Hello.", "Name it."] ["stream_options", "max_completion_tokens"]"#]],
    )
    .await;
}

#[tokio::test]
async fn several_parameters_are_refused_one_after_the_other() {
    let fixture = fixture().await;
    fixture.server.answer_next(replay("16-stream-options-refused.json"));
    fixture.server.answer_next(replay("19-max-tokens-refused.json"));
    fixture.server.answer_next(replay("01b-vllm-no-system.json"));
    let settings = Settings { max_output_tokens: Some(9), ..Settings::default() };
    assert_eq!(
        written(fixture.call("openai", "echo", settings)).await,
        "moved: Echo: Name it.|Stop Some((7, 3, 0))"
    );
    expect![[r#"
        ["Be brief.", "Hi", "Hello.", "Name it."] ["stream_options", "max_tokens"]
        ["Be brief.", "Hi", "Hello.", "Name it."] ["max_tokens"]
        ["Be brief.", "Hi", "Hello.", "Name it."] ["max_completion_tokens"]
        ["Be brief.\n\nHi", "Hello.", "Name it."] ["max_completion_tokens"]"#]]
    .assert_eq(&sent(&fixture).join("\n"));
}

#[tokio::test]
async fn nothing_is_asked_for_ever() {
    let fixture = fixture().await;
    for _ in 0..3 {
        fixture.server.answer_next(replay("16b-reason-as-list.json"));
    }
    expect!["!InvalidRequest Lab cluster answered 422: it refuses the request. It says: “stream_options: Extra inputs are not permitted” Change the settings or the prompt, or choose another model."].assert_eq(&fixture.answer("openai", "echo").await);
    assert_eq!(sent(&fixture).len(), 2);
}

#[tokio::test]
async fn what_a_person_chose_is_named_and_never_dropped() {
    let settings = Settings {
        temperature: Some(0.5),
        top_p: Some(0.9),
        stop_sequences: vec!["END".to_owned()],
        seed: Some(7),
        safety: Some(SafetyThreshold::Off),
        ..Settings::default()
    };
    let fixture = fixture().await;
    let mut lines = Vec::new();
    for message in [
        "Unsupported value: 'temperature' does not support 0.5 with this model.",
        "This model does not support the parameter top_p.",
        "seed: Extra inputs are not permitted",
        "Unrecognized request argument supplied: 'stop'",
    ] {
        let body =
            serde_json::json!({"error": {"message": message, "type": "invalid_request_error"}});
        fixture.server.answer_next(Replay::new(body.to_string()).with_status(400));
        lines.push(written(fixture.call("openai", "m-1", settings.clone())).await);
    }
    expect![[r"
        !SettingRefused(Temperature) Lab cluster answered 400: this model does not take Temperature. It says: “Unsupported value: 'temperature' does not support 0.5 with this model.” Run without Temperature, or choose another model.
        !SettingRefused(TopP) Lab cluster answered 400: this model does not take Top-p. It says: “This model does not support the parameter top_p.” Run without Top-p, or choose another model.
        !SettingRefused(Seed) Lab cluster answered 400: this model does not take Seed. It says: “seed: Extra inputs are not permitted” Run without Seed, or choose another model.
        !SettingRefused(StopSequences) Lab cluster answered 400: this model does not take Stop sequences. It says: “Unrecognized request argument supplied: 'stop'” Run without Stop sequences, or choose another model."]].assert_eq(&lines.join("\n"));
    let body = r#"{"error": {"message": "temperature is not supported here"}}"#;
    fixture.server.answer_next(Replay::new(body).with_status(400));
    expect!["!InvalidRequest Lab cluster answered 400: it refuses the request. It says: “temperature is not supported here” Change the settings or the prompt, or choose another model."].assert_eq(&fixture.answer("openai", "m-1").await);
}
