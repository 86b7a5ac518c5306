//! Answers that arrive.

use expect_test::{Expect, expect};
use loopback::{Behaviour, Finish, ScriptedAnswer, Usage};

use crate::fixture::{Fixture, PROVIDERS};

/// What each provider makes of the same behaviour, one line each.
async fn check(behaviour: impl Into<Behaviour>, expected: &Expect) {
    let fixture = Fixture::new().await;
    let behaviour = behaviour.into();
    let mut lines = Vec::new();
    for provider in PROVIDERS {
        let answer = fixture.answer_to(provider, behaviour.clone()).await;
        lines.push(format!("{provider}: {answer}"));
    }
    expected.assert_eq(&lines.join("\n"));
}

#[tokio::test]
async fn text_streams_to_its_end() {
    check(
        ScriptedAnswer::text("Red, green and blue."),
        &expect![[r"
        gemini: Red, green and blue.|Stop Some((7, 3, 0))
        openai: Red, green and blue.|Stop Some((7, 3, 0))
        anthropic: Red, green and blue.|Stop Some((7, 3, 0))"]],
    )
    .await;
}

#[tokio::test]
async fn thoughts_are_no_text() {
    let answer = ScriptedAnswer {
        thoughts: vec!["Hm. ".to_owned(), "Colours!".to_owned()],
        usage: Some(Usage { input: 11, output: 5, thoughts: 4 }),
        ..ScriptedAnswer::text("Red.")
    };
    check(
        answer,
        &expect![[r"
        gemini: [Hm. ][Colours!]Red.|Stop Some((11, 5, 4))
        openai: [Hm. ][Colours!]Red.|Stop Some((11, 5, 4))
        anthropic: [Hm. ][Colours!]Red.|Stop Some((11, 5, 0))"]],
    )
    .await;
}

#[tokio::test]
async fn usage_is_optional() {
    check(
        ScriptedAnswer { usage: None, ..ScriptedAnswer::text("Red.") },
        &expect![[r"
        gemini: Red.|Stop None
        openai: Red.|Stop None
        anthropic: Red.|Stop None"]],
    )
    .await;
}

#[tokio::test]
async fn the_limit_of_tokens_is_an_end_of_its_own() {
    check(
        ScriptedAnswer::text("Red, gr").with_finish(Finish::Length),
        &expect![[r"
        gemini: Red, gr|Length Some((7, 3, 0))
        openai: Red, gr|Length Some((7, 3, 0))
        anthropic: Red, gr|Length Some((7, 3, 0))"]],
    )
    .await;
}

#[tokio::test]
async fn an_empty_answer_is_complete() {
    check(
        ScriptedAnswer::text(""),
        &expect![[r"
        gemini: |Stop Some((7, 3, 0))
        openai: |Stop Some((7, 3, 0))
        anthropic: |Stop Some((7, 3, 0))"]],
    )
    .await;
}

#[tokio::test]
async fn characters_and_events_may_be_split_anywhere() {
    let fixture = Fixture::new().await;
    let text = "Grüße 👋 東京 שלום";
    for packet_bytes in [1, 2, 3, 7] {
        for provider in PROVIDERS {
            let answer =
                ScriptedAnswer { packet_bytes: Some(packet_bytes), ..ScriptedAnswer::text(text) };
            let answer = fixture.answer_to(provider, answer).await;
            assert_eq!(answer, format!("{text}|Stop Some((7, 3, 0))"), "{provider}");
        }
    }
}

#[tokio::test]
async fn a_long_answer_arrives_whole() {
    let fixture = Fixture::new().await;
    for provider in PROVIDERS {
        let answer = fixture.answer(provider, "long").await;
        assert!(answer.starts_with("token1 token2 ") && answer.contains(" token4000 |Stop"));
    }
}
