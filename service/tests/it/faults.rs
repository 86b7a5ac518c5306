//! Every fault of a provider, on all three wire formats: how the run ends, what is kept of the
//! output, how many requests were made, and what a person reads.

use std::time::Duration;

use align::model::Failure;
use align::record::Run;
use expect_test::{Expect, expect};
use futures_util::future::join_all;
use loopback::{ClosedPort, Loopback};
use models::Retries;

use crate::lab::{Lab, PROVIDERS};

/// Short pauses; who is asked to wait for longer than 10 s does not wait.
const RETRIES: Retries = Retries {
    tries: 4,
    limit: Duration::from_secs(10),
    pause: Duration::from_millis(20),
    jitter: || 1.0,
};

/// Runs a model of the loopback server on all formats at once.
async fn check(model: &str, expected: &Expect) {
    let lab = &Lab::new(RETRIES).await;
    let runs = PROVIDERS.map(|provider| async move {
        let id = lab.run(&format!("{provider}/{model}")).await;
        let run = lab.ended(id).await;
        let count = lab.requests(provider);
        let requests = if count == 1 { "1 request" } else { &format!("{count} requests") };
        format!("{:?}, {requests}, kept “{}”{}", run.state, kept(&run.output), told(&run))
    });
    let seen = join_all(runs).await.join("\n");
    expected.assert_eq(&seen.replace(&lab.provider.address().to_string(), "ADDRESS"));
}

/// What a person reads, as the page puts it together.
fn told(run: &Run) -> String {
    let sentence = |failure: &Failure| format!(": {} {}", failure.message, failure.hint);
    run.failure.as_ref().map(sentence).unwrap_or_default()
}

fn kept(output: &str) -> String {
    match output.len() {
        0..=80 => output.to_owned(),
        length => format!("{}… {} MB", &output[..20], length >> 20),
    }
}

#[tokio::test]
async fn wrong_key_401() {
    check("error-401", &expect![[r"
        Failed, 1 request, kept “”: Gemini answered 401: it does not accept the key. It says: “The key is not valid.” Check GEMINI_API_KEY and start Attune again.
        Failed, 1 request, kept “”: Lab cluster answered 401: it does not accept the key. It says: “The key is not valid.” Check OPENAI_API_KEY and start Attune again.
        Failed, 1 request, kept “”: Anthropic answered 401: it does not accept the key. It says: “The key is not valid.” Check ANTHROPIC_API_KEY and start Attune again."]]).await;
}

#[tokio::test]
async fn forbidden_403() {
    check("error-403", &expect![[r"
        Failed, 1 request, kept “”: Gemini answered 403: the key is not allowed to do this. It says: “The key is not valid.” Check GEMINI_API_KEY and start Attune again.
        Failed, 1 request, kept “”: Lab cluster answered 403: the key is not allowed to do this. It says: “The key is not valid.” Check OPENAI_API_KEY and start Attune again.
        Failed, 1 request, kept “”: Anthropic answered 403: the key is not allowed to do this. It says: “The key is not valid.” Check ANTHROPIC_API_KEY and start Attune again."]]).await;
}

#[tokio::test]
async fn unknown_model_404() {
    check("unknown-bird", &expect![[r"
        Failed, 1 request, kept “”: Gemini answered 404: it does not know the model “unknown-bird”. It says: “There is no such model.” Check the spelling of the model's name, or choose one from the list.
        Failed, 1 request, kept “”: Lab cluster answered 404: it does not know the model “unknown-bird”. It says: “There is no such model.” Check the spelling of the model's name, or choose one from the list.
        Failed, 1 request, kept “”: Anthropic answered 404: it does not know the model “unknown-bird”. It says: “There is no such model.” Check the spelling of the model's name, or choose one from the list."]]).await;
}

#[tokio::test]
async fn no_credit_402() {
    check("error-402", &expect![[r"
        Failed, 1 request, kept “”: Gemini answered 402: no credit left. It says: “Your credit balance is too low.” Add credit at the provider, or choose another model.
        Failed, 1 request, kept “”: Lab cluster answered 402: no credit left. It says: “Your credit balance is too low.” Add credit at the provider, or choose another model.
        Failed, 1 request, kept “”: Anthropic answered 402: no credit left. It says: “Your credit balance is too low.” Add credit at the provider, or choose another model."]]).await;
}

#[tokio::test]
async fn refused_request_400() {
    check("error-400", &expect![[r"
        Failed, 1 request, kept “”: Gemini answered 400: it refuses the request. It says: “The request is not valid.” Change the settings or the prompt, or choose another model.
        Failed, 1 request, kept “”: Lab cluster answered 400: it refuses the request. It says: “The request is not valid.” Change the settings or the prompt, or choose another model.
        Failed, 1 request, kept “”: Anthropic answered 400: it refuses the request. It says: “The request is not valid.” Change the settings or the prompt, or choose another model."]]).await;
}

#[tokio::test]
async fn rate_limit_429_without_retry_after() {
    check("error-429", &expect![[r"
        Failed, 4 requests, kept “”: Gemini answered: rate limit reached (429). It says: “You exceeded your current quota.” It was tried 4 times. Try again in a minute, or choose another model.
        Failed, 4 requests, kept “”: Lab cluster answered: rate limit reached (429). It says: “You exceeded your current quota.” It was tried 4 times. Try again in a minute, or choose another model.
        Failed, 4 requests, kept “”: Anthropic answered: rate limit reached (429). It says: “You exceeded your current quota.” It was tried 4 times. Try again in a minute, or choose another model."]]).await;
}

#[tokio::test]
async fn rate_limit_429_with_retry_after() {
    check("error-429-after-1", &expect![[r"
        Failed, 4 requests, kept “”: Gemini answered: rate limit reached (429). It says: “You exceeded your current quota.” It was tried 4 times. Try again in 1 s, or choose another model.
        Failed, 4 requests, kept “”: Lab cluster answered: rate limit reached (429). It says: “You exceeded your current quota.” It was tried 4 times. Try again in 1 s, or choose another model.
        Failed, 4 requests, kept “”: Anthropic answered: rate limit reached (429). It says: “You exceeded your current quota.” It was tried 4 times. Try again in 1 s, or choose another model."]]).await;
}

#[tokio::test]
async fn rate_limit_429_with_a_retry_after_that_is_too_long() {
    check("error-429-after-32", &expect![[r"
        Failed, 1 request, kept “”: Gemini answered: rate limit reached (429). It says: “You exceeded your current quota.” Try again in 32 s, or choose another model.
        Failed, 1 request, kept “”: Lab cluster answered: rate limit reached (429). It says: “You exceeded your current quota.” Try again in 32 s, or choose another model.
        Failed, 1 request, kept “”: Anthropic answered: rate limit reached (429). It says: “You exceeded your current quota.” Try again in 32 s, or choose another model."]]).await;
}

#[tokio::test]
async fn rate_limit_429_that_passes() {
    check(
        "flaky-1-429-after-1",
        &expect![[r"
            Done, 2 requests, kept “Echo: Name a bird.”
            Done, 2 requests, kept “Echo: Name a bird.”
            Done, 2 requests, kept “Echo: Name a bird.”"]],
    )
    .await;
}

#[tokio::test]
async fn failure_500() {
    check("error-500", &expect![[r"
        Failed, 4 requests, kept “”: Gemini answered 500: internal error at the provider. It says: “An internal error occurred.” It was tried 4 times. Try again in a minute, or choose another model.
        Failed, 4 requests, kept “”: Lab cluster answered 500: internal error at the provider. It says: “An internal error occurred.” It was tried 4 times. Try again in a minute, or choose another model.
        Failed, 4 requests, kept “”: Anthropic answered 500: internal error at the provider. It says: “An internal error occurred.” It was tried 4 times. Try again in a minute, or choose another model."]]).await;
}

#[tokio::test]
async fn overload_503() {
    check("error-503", &expect![[r"
        Failed, 4 requests, kept “”: Gemini answered 503: it is overloaded. It says: “The model is overloaded.” It was tried 4 times. Try again in a minute, or choose another model.
        Failed, 4 requests, kept “”: Lab cluster answered 503: it is overloaded. It says: “The model is overloaded.” It was tried 4 times. Try again in a minute, or choose another model.
        Failed, 4 requests, kept “”: Anthropic answered 503: it is overloaded. It says: “The model is overloaded.” It was tried 4 times. Try again in a minute, or choose another model."]]).await;
}

#[tokio::test]
async fn overload_503_that_passes() {
    check(
        "flaky-3-503",
        &expect![[r"
        Done, 4 requests, kept “Echo: Name a bird.”
        Done, 4 requests, kept “Echo: Name a bird.”
        Done, 4 requests, kept “Echo: Name a bird.”"]],
    )
    .await;
}

#[tokio::test]
async fn overload_529_that_passes() {
    check(
        "flaky-2-529",
        &expect![[r"
        Done, 3 requests, kept “Echo: Name a bird.”
        Done, 3 requests, kept “Echo: Name a bird.”
        Done, 3 requests, kept “Echo: Name a bird.”"]],
    )
    .await;
}

#[tokio::test]
async fn error_event_in_the_middle() {
    check("error-event", &expect![[r"
        Failed, 1 request, kept “One two three ”: Gemini broke off: internal error at the provider. It says: “The model is overloaded.” Try again in a minute, or choose another model.
        Failed, 1 request, kept “One two three ”: Lab cluster broke off: internal error at the provider. It says: “The model is overloaded.” Try again in a minute, or choose another model.
        Failed, 1 request, kept “One two three ”: Anthropic broke off: internal error at the provider. It says: “The model is overloaded.” Try again in a minute, or choose another model."]]).await;
}

#[tokio::test]
async fn malformed_json_in_the_middle() {
    check("broken-json", &expect![[r"
        Failed, 1 request, kept “One two three ”: Gemini answered broken or unexpected JSON instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
        Failed, 1 request, kept “One two three ”: Lab cluster answered broken or unexpected JSON instead of a model's answer. Check that OPENAI_BASE_URL is right, and any proxy on the way.
        Failed, 1 request, kept “One two three ”: Anthropic answered broken or unexpected JSON instead of a model's answer. Check that ANTHROPIC_BASE_URL is right, and any proxy on the way."]]).await;
}

#[tokio::test]
async fn no_json_at_all() {
    check("no-json", &expect![[r"
        Failed, 1 request, kept “”: Gemini answered plain text instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
        Failed, 1 request, kept “”: Lab cluster answered plain text instead of a model's answer. Check that OPENAI_BASE_URL is right, and any proxy on the way.
        Failed, 1 request, kept “”: Anthropic answered plain text instead of a model's answer. Check that ANTHROPIC_BASE_URL is right, and any proxy on the way."]]).await;
}

#[tokio::test]
async fn wrong_content_type_html() {
    check("html", &expect![[r"
        Failed, 1 request, kept “”: Gemini answered a web page instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
        Failed, 1 request, kept “”: Lab cluster answered a web page instead of a model's answer. Check that OPENAI_BASE_URL is right, and any proxy on the way.
        Failed, 1 request, kept “”: Anthropic answered a web page instead of a model's answer. Check that ANTHROPIC_BASE_URL is right, and any proxy on the way."]]).await;
}

#[tokio::test]
async fn wrong_content_type_plain_text() {
    check("plain", &expect![[r"
        Failed, 1 request, kept “”: Gemini answered plain text instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
        Failed, 1 request, kept “”: Lab cluster answered plain text instead of a model's answer. Check that OPENAI_BASE_URL is right, and any proxy on the way.
        Failed, 1 request, kept “”: Anthropic answered plain text instead of a model's answer. Check that ANTHROPIC_BASE_URL is right, and any proxy on the way."]]).await;
}

#[tokio::test]
async fn cut_in_the_middle_of_a_character() {
    check("cut-in-character", &expect![[r"
        Failed, 1 request, kept “One two three ”: The answer of Gemini broke off before its end. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: The answer of Lab cluster broke off before its end. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: The answer of Anthropic broke off before its end. Try again; what has arrived is kept."]]).await;
}

#[tokio::test]
async fn cut_between_events() {
    check("cut", &expect![[r"
        Failed, 1 request, kept “One two three ”: The answer of Gemini broke off before its end. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: The answer of Lab cluster broke off before its end. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: The answer of Anthropic broke off before its end. Try again; what has arrived is kept."]]).await;
}

#[tokio::test]
async fn ended_without_its_end_marker() {
    check("unfinished", &expect![[r"
        Failed, 1 request, kept “One two three ”: The answer of Gemini broke off before its end. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: The answer of Lab cluster broke off before its end. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: The answer of Anthropic broke off before its end. Try again; what has arrived is kept."]]).await;
}

#[tokio::test]
async fn events_split_over_packets_of_one_byte() {
    check(
        "split",
        &expect![[r"
        Done, 1 request, kept “Grüße 👋 from Tokyo 東京.”
        Done, 1 request, kept “Grüße 👋 from Tokyo 東京.”
        Done, 1 request, kept “Grüße 👋 from Tokyo 東京.”"]],
    )
    .await;
}

#[tokio::test]
async fn events_split_over_slow_packets() {
    check(
        "split-slow",
        &expect![[r"
        Done, 1 request, kept “Grüße 👋 from Tokyo 東京.”
        Done, 1 request, kept “Grüße 👋 from Tokyo 東京.”
        Done, 1 request, kept “Grüße 👋 from Tokyo 東京.”"]],
    )
    .await;
}

#[tokio::test]
async fn all_events_joined_in_one_packet() {
    check(
        "joined",
        &expect![[r"
        Done, 1 request, kept “Grüße 👋 from Tokyo 東京.”
        Done, 1 request, kept “Grüße 👋 from Tokyo 東京.”
        Done, 1 request, kept “Grüße 👋 from Tokyo 東京.”"]],
    )
    .await;
}

#[tokio::test]
async fn silence_after_three_tokens() {
    check("silent", &expect![[r"
        Failed, 1 request, kept “One two three ”: Gemini fell silent: nothing more of the answer for 2 s. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: Lab cluster fell silent: nothing more of the answer for 2 s. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: Anthropic fell silent: nothing more of the answer for 2 s. Try again; what has arrived is kept."]]).await;
}

#[tokio::test]
async fn silence_from_the_beginning() {
    check("silent-first", &expect![[r"
        Failed, 1 request, kept “”: Gemini did not begin to answer within 3 s. Try again or choose a faster model; for one that thinks longer, set ATTUNE_FIRST_TOKEN_TIMEOUT higher.
        Failed, 1 request, kept “”: Lab cluster did not begin to answer within 3 s. Try again or choose a faster model; for one that thinks longer, set ATTUNE_FIRST_TOKEN_TIMEOUT higher.
        Failed, 1 request, kept “”: Anthropic did not begin to answer within 3 s. Try again or choose a faster model; for one that thinks longer, set ATTUNE_FIRST_TOKEN_TIMEOUT higher."]]).await;
}

#[tokio::test]
async fn slow_drip_of_one_byte_after_three_tokens() {
    check("drip", &expect![[r"
        Failed, 1 request, kept “One two three ”: Gemini fell silent: nothing more of the answer for 2 s. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: Lab cluster fell silent: nothing more of the answer for 2 s. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: Anthropic fell silent: nothing more of the answer for 2 s. Try again; what has arrived is kept."]]).await;
}

#[tokio::test]
async fn slow_drip_of_one_byte_from_the_beginning() {
    check("drip-first", &expect![[r"
        Failed, 1 request, kept “”: Gemini did not begin to answer within 3 s. Try again or choose a faster model; for one that thinks longer, set ATTUNE_FIRST_TOKEN_TIMEOUT higher.
        Failed, 1 request, kept “”: Lab cluster did not begin to answer within 3 s. Try again or choose a faster model; for one that thinks longer, set ATTUNE_FIRST_TOKEN_TIMEOUT higher.
        Failed, 1 request, kept “”: Anthropic did not begin to answer within 3 s. Try again or choose a faster model; for one that thinks longer, set ATTUNE_FIRST_TOKEN_TIMEOUT higher."]]).await;
}

#[tokio::test]
async fn nothing_but_comments() {
    check("keep-alive", &expect![[r"
        Failed, 1 request, kept “”: Gemini did not begin to answer within 3 s. Try again or choose a faster model; for one that thinks longer, set ATTUNE_FIRST_TOKEN_TIMEOUT higher.
        Failed, 1 request, kept “”: Lab cluster did not begin to answer within 3 s. Try again or choose a faster model; for one that thinks longer, set ATTUNE_FIRST_TOKEN_TIMEOUT higher.
        Failed, 1 request, kept “”: Anthropic did not begin to answer within 3 s. Try again or choose a faster model; for one that thinks longer, set ATTUNE_FIRST_TOKEN_TIMEOUT higher."]]).await;
}

#[tokio::test]
async fn an_answer_of_50_mb() {
    check("huge", &expect![[r"
        Failed, 1 request, kept “One two three spam s… 4 MB”: The answer passed 4 MB and was stopped. Set Max output tokens, or ask for a shorter answer.
        Failed, 1 request, kept “One two three spam s… 4 MB”: The answer passed 4 MB and was stopped. Set Max output tokens, or ask for a shorter answer.
        Failed, 1 request, kept “One two three spam s… 4 MB”: The answer passed 4 MB and was stopped. Set Max output tokens, or ask for a shorter answer."]]).await;
}

#[tokio::test]
async fn one_event_of_50_mb() {
    check("huge-event", &expect![[r"
        Failed, 1 request, kept “One two three ”: Gemini answered a line without an end instead of a model's answer. Check that GEMINI_BASE_URL is right, and any proxy on the way.
        Failed, 1 request, kept “One two three ”: Lab cluster answered a line without an end instead of a model's answer. Check that OPENAI_BASE_URL is right, and any proxy on the way.
        Failed, 1 request, kept “One two three ”: Anthropic answered a line without an end instead of a model's answer. Check that ANTHROPIC_BASE_URL is right, and any proxy on the way."]]).await;
}

#[tokio::test]
async fn connection_reset_before_the_headers() {
    check("reset", &expect![[r"
        Failed, 4 requests, kept “”: Gemini cannot be reached at ADDRESS: the connection broke. It was tried 4 times. Check that it is running and that GEMINI_BASE_URL is right, then try again.
        Failed, 4 requests, kept “”: Lab cluster cannot be reached at ADDRESS: the connection broke. It was tried 4 times. Check that it is running and that OPENAI_BASE_URL is right, then try again.
        Failed, 4 requests, kept “”: Anthropic cannot be reached at ADDRESS: the connection broke. It was tried 4 times. Check that it is running and that ANTHROPIC_BASE_URL is right, then try again."]]).await;
}

#[tokio::test]
async fn connection_reset_that_passes() {
    check(
        "flaky-1-reset",
        &expect![[r"
            Done, 2 requests, kept “Echo: Name a bird.”
            Done, 2 requests, kept “Echo: Name a bird.”
            Done, 2 requests, kept “Echo: Name a bird.”"]],
    )
    .await;
}

#[tokio::test]
async fn connection_reset_in_the_middle() {
    check("reset-later", &expect![[r"
        Failed, 1 request, kept “One two three ”: The answer of Gemini broke off before its end. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: The answer of Lab cluster broke off before its end. Try again; what has arrived is kept.
        Failed, 1 request, kept “One two three ”: The answer of Anthropic broke off before its end. Try again; what has arrived is kept."]]).await;
}

#[tokio::test]
async fn connection_closed_after_the_headers() {
    check("closed", &expect![[r"
        Failed, 4 requests, kept “”: Gemini closed the connection before it answered. It was tried 4 times. Try again, or choose another model.
        Failed, 4 requests, kept “”: Lab cluster closed the connection before it answered. It was tried 4 times. Try again, or choose another model.
        Failed, 4 requests, kept “”: Anthropic closed the connection before it answered. It was tried 4 times. Try again, or choose another model."]]).await;
}

#[tokio::test]
async fn connection_closed_after_the_headers_that_passes() {
    check(
        "flaky-3-closed",
        &expect![[r"
        Done, 4 requests, kept “Echo: Name a bird.”
        Done, 4 requests, kept “Echo: Name a bird.”
        Done, 4 requests, kept “Echo: Name a bird.”"]],
    )
    .await;
}

#[tokio::test]
async fn connection_refused() {
    let port = ClosedPort::take().unwrap();
    let server = Loopback::start().await.unwrap();
    let lab = Lab::at(server, &port.base_url(), RETRIES).await;
    let runs = PROVIDERS.map(|provider| {
        let lab = &lab;
        async move {
            let run = lab.ended(lab.run(&format!("{provider}/echo")).await).await;
            format!("{:?}, kept “{}”{}", run.state, run.output, told(&run))
        }
    });
    let seen = join_all(runs).await.join("\n");
    let address = port.base_url().replace("http://", "");
    expect![[r"
        Failed, kept “”: Gemini cannot be reached at ADDRESS: connection refused. It was tried 4 times. Check that it is running and that GEMINI_BASE_URL is right, then try again.
        Failed, kept “”: Lab cluster cannot be reached at ADDRESS: connection refused. It was tried 4 times. Check that it is running and that OPENAI_BASE_URL is right, then try again.
        Failed, kept “”: Anthropic cannot be reached at ADDRESS: connection refused. It was tried 4 times. Check that it is running and that ANTHROPIC_BASE_URL is right, then try again."]].assert_eq(&seen.replace(&address, "ADDRESS"));
}

#[tokio::test]
async fn drafts_are_tried_again_and_fail_in_the_same_words() {
    for provider in PROVIDERS {
        let lab = Lab::new(RETRIES).await;
        lab.draft(&format!("{provider}/flaky-2-503")).await;
        let draft = lab.ended_draft().await;
        let text = draft.proposal.as_ref().map(|proposal| proposal.prompt.text.as_str());
        assert_eq!(text, Some("Name a bird.\n\nImportant: A bird of the north."));
        assert_eq!((draft.tries, lab.requests(provider)), (1, 3));
    }
    let mut told = Vec::new();
    for model in ["gemini/error-503", "openai/cut", "anthropic/error-401"] {
        let lab = Lab::new(RETRIES).await;
        lab.draft(model).await;
        let draft = lab.ended_draft().await;
        let Failure { message, hint, .. } = draft.failure.unwrap();
        told.push(format!("{:?}, kept “{}”: {message} {hint}", draft.state, draft.reply));
    }
    expect![[r"
        Failed, kept “”: Gemini answered 503: it is overloaded. It says: “The model is overloaded.” It was tried 4 times. Try again in a minute, or choose another model.
        Failed, kept “One two three ”: The answer of Lab cluster broke off before its end. Try again; what has arrived is kept.
        Failed, kept “”: Anthropic answered 401: it does not accept the key. It says: “The key is not valid.” Check ANTHROPIC_API_KEY and start Attune again."]].assert_eq(&told.join("\n"));
}
