//! Streams that are not quite as their format says.

use std::time::Duration;

use expect_test::expect;
use loopback::Replay;
use models::testing::{Wire, read_recorded};

use super::{body, check, check_replay, check_text, fixture};
use crate::fixture::{PROVIDERS, written};

#[tokio::test]
async fn report_02_an_empty_finish_reason_is_no_end() {
    check("openai", "02-finish-empty-string.sse", &expect!["One two three.|Stop None"]).await;
}

#[tokio::test]
async fn report_02b_a_cut_after_empty_finish_reasons_is_a_failure() {
    check("openai", "02b-finish-empty-then-cut.sse", &expect!["One two!CutShort The answer of Lab cluster broke off before its end. Try again; what has arrived is kept."]).await;
}

#[tokio::test]
async fn report_03_gemini_says_stop_before_the_text() {
    check(
        "gemini",
        "03-gemini-stop-before-text.sse",
        &expect!["One two three.|Stop Some((4, 5, 0))"],
    )
    .await;
}

#[tokio::test]
async fn report_05_a_byte_order_mark_is_skipped() {
    check("openai", "05-bom.sse", &expect!["Hi.|Stop None"]).await;
}

#[tokio::test]
async fn report_06_content_may_be_a_list_of_parts() {
    check("openai", "06-content-parts.sse", &expect!["[Hm.]Four. Yes.|Stop None"]).await;
}

#[tokio::test]
async fn report_07_an_error_may_be_a_field() {
    check("openai", "07-error-as-field.sse", &expect!["!PromptTooLong The prompt is longer than the model's context window (16,384 tokens). Shorten the prompt or its values, or choose a model that takes more."]).await;
}

#[tokio::test]
async fn report_08_an_end_without_anything_is_a_failure() {
    check("openai", "08-done-and-nothing-else.sse", &expect!["!CutShort Lab cluster closed the connection before it answered. Try again, or choose another model."]).await;
}

#[tokio::test]
async fn report_09_an_error_may_come_without_a_field() {
    check("openai", "09-unframed-error.sse", &expect!["!PromptTooLong The prompt is longer than the model's context window (16,384 tokens). Shorten the prompt or its values, or choose a model that takes more."]).await;
}

#[tokio::test]
async fn report_11_signs_of_life_may_be_empty_data() {
    check("openai", "11-empty-data-keepalive.sse", &expect!["Hi you.|Stop None"]).await;
}

#[tokio::test]
async fn report_11b_signs_of_life_may_be_comments_in_data() {
    check("openai", "11b-comment-inside-data.sse", &expect!["Hi.|Stop None"]).await;
}

#[tokio::test]
async fn report_14_events_may_come_as_json() {
    check("openai", "14-sse-under-json-type.sse", &expect!["Hi.|Stop None"]).await;
}

#[tokio::test]
async fn report_36_counts_may_have_fractions() {
    check("openai", "36-usage-float.sse", &expect!["hello|Stop Some((3, 2, 0))"]).await;
}

#[tokio::test]
async fn report_37_a_whole_document_is_taken_whole() {
    check(
        "openai",
        "37-whole-json-though-stream-asked.json",
        &expect!["hello|Stop Some((3, 2, 0))"],
    )
    .await;
}

#[tokio::test]
async fn report_38_text_beside_an_unknown_end_is_kept() {
    check("gemini", "38-gemini-text-with-finish-other.sse", &expect!["hello!Provider Gemini ended the answer early: other. Try again, or choose another model."]).await;
}

/// The same answer, “Hi 👋.”, in each wire format.
fn good(provider: &str) -> &'static str {
    match provider {
        "gemini" => concat!(
            r#"data: {"candidates":[{"content":{"parts":[{"text":"Hi "}]},"index":0}]}"#,
            "\n\n",
            r#"data: {"candidates":[{"content":{"parts":[{"text":"👋."}]},"finishReason":"STOP"}]}"#,
            "\n\n",
        ),
        "openai" => concat!(
            r#"data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"Hi "}}]}"#,
            "\n\n",
            r#"data: {"choices":[{"index":0,"delta":{"content":"👋."},"finish_reason":null}]}"#,
            "\n\n",
            r#"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
            "\n\ndata: [DONE]\n\n",
        ),
        _ => concat!(
            "event: message_start\n",
            r#"data: {"type":"message_start","message":{"role":"assistant","content":[]}}"#,
            "\n\nevent: content_block_delta\n",
            r#"data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Hi "}}"#,
            "\n\nevent: content_block_delta\n",
            r#"data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"👋."}}"#,
            "\n\nevent: message_delta\n",
            r#"data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#,
            "\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        ),
    }
}

/// Changes the good answer of every provider; it must read the same.
async fn check_same(change: impl Fn(&str) -> String) {
    let fixture = fixture().await;
    for provider in PROVIDERS {
        let replay = Replay::new(change(good(provider)));
        assert_eq!(fixture.answer_to(provider, replay).await, "Hi 👋.|Stop None", "{provider}");
    }
}

#[tokio::test]
async fn separators_may_be_others_than_the_standards() {
    check_same(|good| good.replace('\n', "\r")).await;
    check_same(|good| good.replace('\n', "\r\n")).await;
    check_same(|good| good.replace("\n\n", "\n")).await;
    check_same(|good| good.replace("\n\n", "\n\n\n\n")).await;
    check_same(|good| good.trim_end().to_owned()).await;
    check_same(|good| good.replace("data: ", "data:")).await;
    check_same(|good| good.replace("data: ", " Data :  ")).await;
}

#[tokio::test]
async fn events_may_be_lines_of_json() {
    check_same(|good| {
        let lines = good.lines().filter_map(|line| line.strip_prefix("data: "));
        lines.collect::<Vec<_>>().join("\n")
    })
    .await;
}

#[tokio::test]
async fn what_is_not_needed_may_be_anything() {
    check_same(|good| good.replace("data: ", "\u{feff}data: ")).await;
    check_same(|good| good.replace("data: ", ": ping\n\ndata: : ping\n\ndata:\n\ndata: ")).await;
    check_same(|good| good.replace("data: ", "data: ping\n\nevent: ping\ndata: null\n\ndata: "))
        .await;
    check_same(|good| good.replace("data: ", "event: x\nid: 7\nretry: 3\nnews: 1\ndata: ")).await;
    check_same(|good| format!("{good}data: {{\"broken\n\n")).await;
    for usage in ["null", "[]", "7", "\"many\"", "{}", "{\"prompt_tokens\": -1}", "NaN"] {
        let fields =
            ["usage", "usageMetadata", "x", "id", "error"].map(|it| format!("\"{it}\":{usage},"));
        let fields = &fields[..if usage.len() < 3 || usage == "null" { 5 } else { 4 }];
        let fields = fields.concat().replace("\"error\":7,", "");
        check_same(|good| good.replace("data: {", &format!("data: {{{fields}"))).await;
    }
}

#[tokio::test]
async fn characters_may_be_cut_in_two() {
    check_same(|good| good.replace('👋', r"\ud83d\udc4b")).await;
    let halves = |provider| {
        let good = good(provider);
        let event = good.split_inclusive("\n\n").find(|event| event.contains('👋')).unwrap();
        let first = event.replace("👋.", r"\ud83d").replace("STOP", "");
        good.replace(event, &(first + &event.replace("👋", r"\udc4b")))
    };
    for provider in PROVIDERS {
        check_text(provider, halves(provider), &expect!["Hi 👋.|Stop None"]).await;
        let mut bytes = Vec::new();
        for event in halves(provider).split_inclusive("\n\n") {
            let (before, after) = event.split_once(r"\ud").unwrap_or((event, ""));
            bytes.extend_from_slice(before.as_bytes());
            if let Some(rest) = after.strip_prefix("83d") {
                bytes.extend_from_slice(&"👋".as_bytes()[..2]);
                bytes.extend_from_slice(rest.as_bytes());
            } else if let Some(rest) = after.strip_prefix("c4b") {
                bytes.extend_from_slice(&"👋".as_bytes()[2..]);
                bytes.extend_from_slice(rest.as_bytes());
            }
        }
        check_text(provider, bytes, &expect!["Hi 👋.|Stop None"]).await;
    }
}

#[tokio::test]
async fn a_whole_answer_may_come_in_one_document() {
    for (provider, document) in [
        ("openai", r#"{"choices": [{"message": {"content": "Hi."}, "finish_reason": "stop"}]}"#),
        (
            "gemini",
            r#"[{"candidates": [{"content": {"parts": [{"text": "Hi."}]}}]},
            {"candidates": [{"finishReason": "STOP"}]}]"#,
        ),
        (
            "anthropic",
            r#"{"type": "message", "content": [{"type": "text", "text": "Hi."}],
            "stop_reason": "end_turn"}"#,
        ),
    ] {
        check_text(provider, document, &expect!["Hi.|Stop None"]).await;
    }
}

#[tokio::test]
async fn messages_where_deltas_were_expected() {
    let delta = r#"data: {"choices":[{"delta":{"content":"Hi "}}]}"#;
    let message = |text: &str, reason: &str| {
        format!(
            r#"data: {{"choices":[{{"message":{{"content":"{text}"}},"finish_reason":{reason}}}]}}"#
        )
    };
    let rows = [message("Hi ", "null"), message("you.", "null"), message("", "\"stop\"")];
    check_text("openai", rows.join("\n\n"), &expect!["Hi you.|Stop None"]).await;
    let repeated = [delta.to_owned(), message("Hi you.", "\"stop\"")];
    check_text("openai", repeated.join("\n\n"), &expect!["Hi you.|Stop None"]).await;
    let own = r#"{"message":{"content":"Hi."},"done":true,"done_reason":"stop"}"#;
    check_text("openai", own, &expect!["Hi.|Stop None"]).await;
}

#[tokio::test]
async fn finish_reasons_that_nobody_listed() {
    let ended = |reason: &str| {
        format!(r#"data: {{"choices":[{{"delta":{{"content":"Hi."}},"finish_reason":{reason}}}]}}"#)
    };
    for reason in ["\"eos\"", "\"STOP\"", "\"stop_sequence\""] {
        check_text("openai", ended(reason), &expect!["Hi.|Stop None"]).await;
    }
    for reason in ["\"\"", "null", "0", "\"null\"", "{}"] {
        let cut = fixture().await.answer_to("openai", Replay::new(ended(reason))).await;
        assert!(cut.starts_with("Hi.!CutShort"), "{reason}: {cut}");
    }
    check_text("openai", ended("\"MAX_TOKENS\""), &expect!["Hi.|Length None"]).await;
    check_text("openai", ended("\"content_filter\""), &expect!["Hi.!Blocked Lab cluster blocked the answer: its content filter. Reword the prompt and try again, or choose another model."]).await;
    check_text("openai", ended("\"abort\""), &expect!["Hi.!Provider Lab cluster ended the answer early: abort. Try again, or choose another model."]).await;
}

#[tokio::test]
async fn failures_in_a_stream_keep_the_words_of_the_server() {
    for text in [
        r#"data: {"object":"error","message":"No room.","code":503}"#,
        r#"data: {"detail":"No room."}"#,
        r#"data: {"choices":[{"delta":{},"error":{"message":"No room."},"finish_reason":"error"}]}"#,
        "event: error\ndata: No room.",
        "error: No room.",
    ] {
        let answer = fixture().await.answer_to("openai", Replay::new(text)).await;
        assert!(answer.starts_with('!') && answer.contains("“No room.”"), "{answer}");
    }
    let text = r#"data: {"choices":[{"delta":{"content":"Hi"}}],"error":{"message":"No room."}}"#;
    check_text("openai", text, &expect!["Hi!Provider Lab cluster broke off: internal error at the provider. It says: “No room.” Try again in a minute, or choose another model."]).await;
}

#[tokio::test]
async fn an_end_in_every_event_is_no_end() {
    let event = |text: &str| {
        format!(
            r#"data: {{"choices":[{{"delta":{{"content":"{text}"}},"finish_reason":"stop"}}]}}"#
        ) + "\n\n"
    };
    let replay = Replay::new([event("One "), event("two "), event("three.")].concat());
    let pause = Duration::from_secs(4);
    let paused = replay.clone().with_pause(1, pause).with_pause(2, pause);
    check_replay("openai", paused, &expect!["One two three.|Stop None"]).await;
    check_replay("openai", replay.cut(), &expect!["One two three.!CutShort The answer of Lab cluster broke off before its end. Try again; what has arrived is kept."]).await;
}

#[tokio::test]
async fn answers_without_text_are_named() {
    let chunk = |delta: &str, reason: &str| {
        format!(r#"data: {{"choices":[{{"delta":{delta},"finish_reason":"{reason}"}}]}}"#)
    };
    let call = r#"{"tool_calls":[{"function":{"name":"f"}}]}"#;
    check_text("openai", chunk(call, "tool_calls"), &expect!["!NoText Lab cluster asked for a tool instead of answering with text. Say in the prompt to answer without tools, or choose another model."]).await;
    check_text("openai", chunk(call, "stop"), &expect!["!NoText Lab cluster asked for a tool instead of answering with text. Say in the prompt to answer without tools, or choose another model."]).await;
    check_text("openai", chunk(r#"{"refusal":"I must not."}"#, "stop"), &expect!["I must not.!NoText Lab cluster declined to answer. Reword the prompt and run it again, or choose another model."]).await;
    check_text("openai", chunk(r#"{"reasoning":"Hm."}"#, "stop"), &expect!["[Hm.]!NoText Lab cluster sent only its thoughts, and no answer after them. Raise Max output tokens and run it again, or choose another model."]).await;
    let call = r#"{"functionCall":{"name":"f"}}"#;
    let text = format!(
        r#"data: {{"candidates":[{{"content":{{"parts":[{call}]}},"finishReason":"STOP"}}]}}"#
    );
    check_text("gemini", text, &expect!["!NoText Gemini asked for a tool instead of answering with text. Say in the prompt to answer without tools, or choose another model."]).await;
    let text =
        r#"data: {"type":"message","content":[{"type":"tool_use"}],"stop_reason":"tool_use"}"#;
    check_text("anthropic", text, &expect!["!NoText Anthropic asked for a tool instead of answering with text. Say in the prompt to answer without tools, or choose another model."]).await;
}

/// However the bytes arrive, they say the same.
#[tokio::test]
async fn cuts_between_packets_change_nothing() {
    let reports = [
        (Wire::OpenAi, "02-finish-empty-string.sse"),
        (Wire::Gemini, "03-gemini-stop-before-text.sse"),
        (Wire::OpenAi, "05-bom.sse"),
        (Wire::OpenAi, "06-content-parts.sse"),
        (Wire::OpenAi, "11b-comment-inside-data.sse"),
        (Wire::OpenAi, "37-whole-json-though-stream-asked.json"),
        (Wire::Gemini, "38-gemini-text-with-finish-other.sse"),
    ];
    let reports = reports.map(|(wire, report)| (wire, body(report)));
    let good = [
        (Wire::OpenAi, good("openai").into()),
        (Wire::Gemini, good("gemini").replace('👋', r"\ud83d\udc4b").into()),
        (Wire::Anthropic, good("anthropic").replace('\n', "\r\n").into()),
    ];
    for (wire, body) in reports.into_iter().chain(good) {
        let read = async |pieces: Vec<&[u8]>| {
            let pieces = pieces.into_iter().map(|it| it.to_vec().into()).collect();
            written(read_recorded(wire, pieces)).await
        };
        let whole = read(vec![&body]).await;
        for cut in 1..body.len() {
            let (before, after) = body.split_at(cut);
            assert_eq!(read(vec![before, after]).await, whole, "{wire:?} cut at {cut}");
        }
        assert_eq!(read(body.chunks(1).collect()).await, whole, "{wire:?} byte by byte");
    }
}
