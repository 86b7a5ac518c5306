//! What a person reads of a failure.

use expect_test::expect;
use loopback::Replay;

use super::fixture;
use crate::fixture::PROVIDERS;

/// A prompt that is too long reads the same at every provider.
#[tokio::test]
async fn a_prompt_that_is_too_long_is_named_with_the_limit() {
    let fixture = fixture().await;
    let says = |message: &str| serde_json::json!({"error": {"message": message}}).to_string();
    for body in [
        says("This model's maximum context length is 4096 tokens. However, you requested 5000 tokens."),
        says("prompt is too long: 5000 tokens > 4096 maximum"),
        says("The input token count (5000) exceeds the maximum number of tokens allowed (4096)."),
        r#"{"error": {"code": 400, "message": "too much", "type": "exceed_context_size_error", "n_ctx": 4096}}"#.to_owned(),
        r#"{"object": "error", "message": "The model's context length is only 4096 tokens", "code": 400}"#.to_owned(),
    ] {
        for provider in PROVIDERS {
            let answer = fixture.answer_to(provider, Replay::new(&body).with_status(400)).await;
            assert_eq!(answer, "!PromptTooLong The prompt is longer than the model's context window (4,096 tokens). Shorten the prompt or its values, or choose a model that takes more.");
        }
    }
    let body = says("Please reduce the length of the messages.");
    expect!["!PromptTooLong The prompt is longer than the model's context window. It says: “Please reduce the length of the messages.” Shorten the prompt or its values, or choose a model that takes more."].assert_eq(&fixture.answer_to("openai", Replay::new(body).with_status(400)).await);
}
