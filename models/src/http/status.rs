//! What a status and the error in a body mean. One table for all providers: their statuses agree,
//! and their names for errors do not overlap.

use std::time::{Duration, SystemTime};

use align::model::FailureKind;
use reqwest::Response;
use serde_json::Value;

use super::refused::{self, TooLong};
use super::retry_after::retry_after;
use super::written::Written;
use super::{Peer, body};
use crate::error::{BlockedPart, Cause};

/// The most of an error's body that is read, in bytes.
const BODY_LIMIT_BYTES: usize = 64 << 10;

/// How long to wait for the body of an error.
const BODY_LIMIT: Duration = Duration::from_secs(5);

/// The most of a provider's own message that is quoted, in characters.
const SAID_LIMIT: usize = 200;

/// The cause behind an answer whose status is no success.
pub(super) async fn of_response(response: Response, model: Option<&str>, peer: &Peer) -> Cause {
    let status = response.status().as_u16();
    let wait = retry_after(response.headers(), SystemTime::now());
    let body = body::read(response, BODY_LIMIT_BYTES, BODY_LIMIT).await.unwrap_or_default();
    let mut written = match serde_json::from_slice(&body) {
        Ok(value) => Written::read(&value),
        Err(_) => Written::plain(&body),
    };
    written.retry_after = wait.or(written.retry_after);
    cause(Some(status), written, model, peer)
}

/// The cause behind a value that is an error; `None` if it is none. Before the answer has begun, the
/// number in it is as good as a status.
pub(super) fn of_event(value: &Value, has_begun: bool, model: &str, peer: &Peer) -> Option<Cause> {
    let written = Written::find(value)?;
    Some(of_written(written, has_begun, model, peer))
}

/// The cause behind a value that the stream itself calls an error.
pub(super) fn of_error(value: &Value, has_begun: bool, model: &str, peer: &Peer) -> Cause {
    of_written(Written::read(value), has_begun, model, peer)
}

fn of_written(written: Written, has_begun: bool, model: &str, peer: &Peer) -> Cause {
    let status = written.code.filter(|_| !has_begun);
    cause(status, written, Some(model), peer)
}

fn cause(status: Option<u16>, written: Written, model: Option<&str>, peer: &Peer) -> Cause {
    let kind = kind(status, &written);
    let is_about_request = matches!(kind, FailureKind::InvalidRequest | FailureKind::Provider);
    let refused = if is_about_request { refused::parameter(&written) } else { None };
    let too_long = if is_about_request { refused::too_long(&written) } else { None };
    let said = written.message.and_then(|message| said(&message, peer));
    let retry_after = written.retry_after;
    if let Some(TooLong { limit_tokens }) = too_long {
        return Cause::TooLong { limit_tokens, said };
    }
    if let Some(parameter) = refused {
        return Cause::Refused { parameter, status, said };
    }
    match (kind, model) {
        (FailureKind::Authentication, _) => {
            Cause::Authentication { status: status.or(written.code).or(Some(401)), said }
        }
        (FailureKind::RateLimit, _) if is_spent(status, &written.names) => {
            Cause::NoCredit { status, said }
        }
        (FailureKind::RateLimit, _) => Cause::RateLimit { status, retry_after, said },
        (FailureKind::UnknownModel, Some(model)) => {
            Cause::UnknownModel { status, model: model.to_owned(), said }
        }
        (FailureKind::Blocked, _) => Cause::Blocked {
            part: BlockedPart::Prompt,
            reason: said.unwrap_or_else(|| "its content policy".to_owned()),
        },
        (FailureKind::InvalidRequest | FailureKind::UnknownModel, _) => {
            Cause::InvalidRequest { status, said }
        }
        _ => Cause::Provider { status, retry_after, said },
    }
}

/// Whether a used-up quota is one of money, which waiting does not bring back.
fn is_spent(status: Option<u16>, names: &[String]) -> bool {
    let spent = ["insufficient_quota", "billing_error"];
    status == Some(402) || names.iter().any(|name| spent.contains(&name.as_str()))
}

/// The most telling sign decides: a specific name, else the status, else a general name.
fn kind(status: Option<u16>, written: &Written) -> FailureKind {
    let name = |table| kind_of_names(&written.names, table);
    name(&SPECIFIC)
        .or_else(|| status.or(written.code).map(kind_of_status))
        .or_else(|| name(&GENERAL))
        .unwrap_or(FailureKind::Provider)
}

fn kind_of_status(status: u16) -> FailureKind {
    match status {
        401 | 403 => FailureKind::Authentication,
        402 | 429 => FailureKind::RateLimit,
        404 => FailureKind::UnknownModel,
        408 | 500.. => FailureKind::Provider,
        _ => FailureKind::InvalidRequest,
    }
}

/// Names of errors that say more than their status. Gemini answers 400 to a wrong key, OpenAI sends
/// all of these under the type `invalid_request_error`.
const SPECIFIC: [(&str, FailureKind); 15] = [
    ("api_key_invalid", FailureKind::Authentication),
    ("invalid_api_key", FailureKind::Authentication),
    ("authentication_error", FailureKind::Authentication),
    ("permission_error", FailureKind::Authentication),
    ("unauthenticated", FailureKind::Authentication),
    ("content_filter", FailureKind::Blocked),
    ("content_policy_violation", FailureKind::Blocked),
    ("rate_limit_error", FailureKind::RateLimit),
    ("rate_limit_exceeded", FailureKind::RateLimit),
    ("insufficient_quota", FailureKind::RateLimit),
    ("resource_exhausted", FailureKind::RateLimit),
    ("billing_error", FailureKind::RateLimit),
    ("model_not_found", FailureKind::UnknownModel),
    ("not_found_error", FailureKind::UnknownModel),
    ("overloaded_error", FailureKind::Provider),
];

/// Names of errors that stand for themselves only where there is no status, in a stream.
const GENERAL: [(&str, FailureKind); 5] = [
    ("invalid_request_error", FailureKind::InvalidRequest),
    ("invalid_argument", FailureKind::InvalidRequest),
    ("failed_precondition", FailureKind::InvalidRequest),
    ("context_length_exceeded", FailureKind::InvalidRequest),
    ("permission_denied", FailureKind::Authentication),
];

fn kind_of_names(names: &[String], table: &[(&str, FailureKind)]) -> Option<FailureKind> {
    let found = table.iter().find(|(name, _)| names.iter().any(|it| it == name));
    found.map(|(_, kind)| *kind)
}

/// A provider's message as it may be quoted: one line, at most 200 characters, without keys.
fn said(message: &str, peer: &Peer) -> Option<String> {
    let message = peer.redact(message);
    let words: Vec<_> = message.split_whitespace().map(without_key).collect();
    let line: String = words.join(" ").chars().filter(|c| !c.is_control()).collect();
    let is_short = line.chars().count() <= SAID_LIMIT;
    let line = if is_short { line } else { cut(&line) };
    let is_page = line.starts_with('<');
    (!line.is_empty() && !is_page).then_some(line)
}

fn cut(line: &str) -> String {
    let head: String = line.chars().take(SAID_LIMIT - 1).collect();
    format!("{}…", head.trim_end())
}

/// OpenAI repeats a wrong key with its middle blotted out; beginnings and ends are secrets, too.
fn without_key(word: &str) -> &str {
    let is_key = word.contains("**")
        || ["sk-", "AIza", "Bearer"]
            .iter()
            .any(|start| word.trim_start_matches(['"', '\'', '`', '(', ':']).starts_with(start));
    if is_key { "…" } else { word }
}

#[cfg(test)]
mod tests {
    use align::model::Failure;
    use expect_test::{Expect, expect};

    use super::*;
    use crate::config::ApiKey;
    use crate::error::ModelError;

    fn check(status: Option<u16>, body: &str, expected: &Expect) {
        let body: Value = serde_json::from_str(body).unwrap();
        let peer = Peer {
            key: Some(ApiKey::new("X", "my-own-key").unwrap()),
            ..Peer::named("The model server")
        };
        let written = Written::find(&body).unwrap_or_default();
        let cause = cause(status, written, Some("m-1"), &peer);
        let Failure { kind, message, retry_after_ms, .. } =
            ModelError::of(&peer.into(), cause).failure();
        expected.assert_eq(&format!("{kind:?} {retry_after_ms:?} {message}"));
    }

    #[test]
    fn geminis_errors() {
        check(
            Some(400),
            r#"{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT",
               "details":[{"@type":"ErrorInfo","reason":"API_KEY_INVALID"}]}}"#,
            &expect![[
                r"Authentication None The model server answered 400: it does not accept the key. It says: “API key not valid.”"
            ]],
        );
        check(
            Some(429),
            r#"[{"error":{"code":429,"message":"Quota\n exceeded","status":"RESOURCE_EXHAUSTED",
               "details":[{"@type":"RetryInfo","retryDelay":"31.5s"}]}}]"#,
            &expect![
                "RateLimit Some(31500) The model server answered: rate limit reached (429). It says: “Quota exceeded”"
            ],
        );
        check(
            None,
            r#"{"error":{"code":503,"message":"Overloaded.","status":"UNAVAILABLE"}}"#,
            &expect![
                "Provider None The model server broke off: internal error at the provider. It says: “Overloaded.”"
            ],
        );
    }

    #[test]
    fn openais_errors() {
        check(
            Some(401),
            r#"{"error":{"message":"Incorrect API key provided: sk-ab****yz. See https://x.",
               "type":"invalid_request_error","code":"invalid_api_key"}}"#,
            &expect![[
                r"Authentication None The model server answered 401: it does not accept the key. It says: “Incorrect API key provided: … See https://x.”"
            ]],
        );
        check(
            Some(404),
            r#"{"error":{"message":"No.","type":"invalid_request_error","code":"model_not_found"}}"#,
            &expect![[
                r"UnknownModel None The model server answered 404: it does not know the model “m-1”. It says: “No.”"
            ]],
        );
        check(
            Some(404),
            r#"{"error":{"message":"model 'm-1' not found","type":"api_error","code":null}}"#,
            &expect![[
                r"UnknownModel None The model server answered 404: it does not know the model “m-1”. It says: “model 'm-1' not found”"
            ]],
        );
        check(
            Some(400),
            r#"{"error":{"message":"Filtered.","code":"content_filter","type":null}}"#,
            &expect!["Blocked None The model server blocked the prompt: Filtered."],
        );
        check(
            None,
            r#"{"error":{"message":"Slow down.","code":429}}"#,
            &expect![
                "RateLimit None The model server broke off: rate limit reached. It says: “Slow down.”"
            ],
        );
    }

    #[test]
    fn anthropics_errors() {
        check(
            None,
            r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            &expect![
                "Provider None The model server broke off: internal error at the provider. It says: “Overloaded”"
            ],
        );
        check(
            Some(529),
            r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            &expect![[
                r"Provider None The model server answered 529: it is overloaded. It says: “Overloaded”"
            ]],
        );
        check(
            Some(400),
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"Key my-own-key is odd"}}"#,
            &expect![[
                r"InvalidRequest None The model server answered 400: it refuses the request. It says: “Key … is odd”"
            ]],
        );
    }

    #[test]
    fn bodies_that_are_no_errors_of_ours_are_never_quoted() {
        check(
            Some(502),
            r#"{"page": "<html>"}"#,
            &expect!["Provider None The model server answered 502: a gateway on the way failed."],
        );
        check(
            Some(404),
            r#"{"error":"<html>nothing here</html>"}"#,
            &expect![[
                r"UnknownModel None The model server answered 404: it does not know the model “m-1”."
            ]],
        );
        check(
            Some(301),
            "{}",
            &expect![
                "InvalidRequest None The model server answered 301: it has moved, and redirects are not followed."
            ],
        );
    }

    #[test]
    fn long_messages_are_cut() {
        let message = said(&"word ".repeat(100), &Peer::named("x")).unwrap();
        assert!(message.chars().count() <= SAID_LIMIT && message.ends_with('…'));
    }
}
