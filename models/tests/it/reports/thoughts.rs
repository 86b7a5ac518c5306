//! Thoughts in unusual places: never part of the output.

use expect_test::expect;

use super::{check, check_text};

#[tokio::test]
async fn report_35_channels_of_harmony() {
    check("openai", "35-harmony.sse", &expect!["[Hm.]Hi.|Stop None"]).await;
}

#[tokio::test]
async fn report_35b_thoughts_between_marks() {
    check("openai", "35b-think-inline.sse", &expect!["[Hm.]Hi.|Stop None"]).await;
}

/// Tokens as an OpenAI-compatible server streams them.
fn tokens(tokens: &[&str]) -> String {
    let chunk = |token: &&str| {
        let token = serde_json::Value::from(*token);
        format!("data: {{\"choices\":[{{\"delta\":{{\"content\":{token}}}}}]}}\n\n")
    };
    let end = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    tokens.iter().map(chunk).chain([end.to_owned()]).collect()
}

#[tokio::test]
async fn a_closing_mark_alone_makes_thoughts_of_what_came_before() {
    let hm = ["Hm", ".", "\n</", "think", ">", "\n\n", "Hi", "."];
    check_text(
        "openai",
        tokens(&hm),
        &expect![[r"
        [Hm.
        ]Hi.|Stop None"]],
    )
    .await;
}

#[tokio::test]
async fn thoughts_that_never_end_are_no_answer() {
    check_text("openai", tokens(&["<think>", "Hm", "."]), &expect!["[Hm][.]!NoText Lab cluster sent only its thoughts, and no answer after them. Raise Max output tokens and run it again, or choose another model."]).await;
}

#[tokio::test]
async fn what_looks_like_a_mark_at_the_end_is_text() {
    check_text("openai", tokens(&["1 <", "2 <", "/"]), &expect!["1 <2 </|Stop None"]).await;
}

#[tokio::test]
async fn thoughts_in_fields_of_their_own() {
    for field in [
        r#""reasoning_content":"Hm.""#,
        r#""reasoning":"Hm.","reasoning_details":[{"type":"reasoning.text","text":"Hm."}]"#,
        r#""thinking":"Hm.""#,
        r#""reasoning":{"content":"Hm."}"#,
        r#""reasoning_details":[{"type":"reasoning.text","text":"Hm."}]"#,
    ] {
        let text = format!(
            r#"{{"choices":[{{"message":{{"content":"Hi.",{field}}},"finish_reason":"stop"}}]}}"#
        );
        check_text("openai", text, &expect!["[Hm.]Hi.|Stop None"]).await;
    }
    let signed = r#"{"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},
        {"text":"Hi.","thoughtSignature":"c2ln"},{"thoughtSignature":"c2ln"}]},"finishReason":"STOP"}]}"#;
    check_text("gemini", signed, &expect!["[Hm.]Hi.|Stop None"]).await;
    let blocks = r#"{"type":"message","content":[{"type":"thinking","thinking":"Hm.","signature":"s"},
        {"type":"redacted_thinking","data":"x"},{"type":"text","text":"Hi."}],"stop_reason":"end_turn"}"#;
    check_text("anthropic", blocks, &expect!["[Hm.]Hi.|Stop None"]).await;
}
