//! An error as a provider writes it down: in a body or in an event, in whichever shape.

use std::time::Duration;

use serde_json::Value;

use super::json::{count, elements, values};
use super::retry_after::number;

/// An error as a provider writes it down.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// What it says, from as deep as it stands.
    pub(super) message: Option<String>,
    /// Names of the error in lower case: its type, status, code or reason.
    pub(super) names: Vec<String>,
    /// A number that stands for an HTTP status.
    pub(super) code: Option<u16>,
    /// The parameter that it is about, where it names one in a field of its own.
    pub(super) parameter: Option<String>,
    /// The size of the model's context window in tokens, where it has a field of its own.
    pub(super) context_tokens: Option<u32>,
    /// How long to wait.
    pub(super) retry_after: Option<Duration>,
}

/// Where the message of an error may stand.
const MESSAGES: [&str; 11] = [
    "message",
    "msg",
    "detail",
    "error",
    "errors",
    "error_message",
    "error_msg",
    "status_msg",
    "description",
    "reason",
    "title",
];

/// Fields that only values have which are no errors.
const CONTENT: [&str; 10] = [
    "choices",
    "candidates",
    "content",
    "content_block",
    "delta",
    "promptFeedback",
    "usageMetadata",
    "usage",
    "models",
    "data",
];

/// The depth to which errors are searched.
const DEPTH: usize = 6;

impl Written {
    /// Reads a value that is an error if it looks like one, such as `{"error": {…}}`, `{"error": "…"}`,
    /// `{"detail": […]}` or `{"object": "error", …}`, alone or as the first element of an array.
    pub(super) fn find(value: &Value) -> Option<Self> {
        let value = value.get(0).unwrap_or(value);
        is_error(value).then(|| Self::read(value))
    }

    /// Takes a body that is no JSON as the message, unless it is a page.
    pub(super) fn plain(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        Self { message: message(&Value::String(text.into_owned()), 0), ..Self::default() }
    }

    /// Reads a value that is known to be an error.
    pub(super) fn read(value: &Value) -> Self {
        let value = value.get(0).unwrap_or(value);
        let error = inner(value);
        let details = elements(&error["details"]);
        let detail = |key: &str| details.iter().find_map(|it| it.get(key)?.as_str());
        let names = ["type", "status", "code"].iter().filter_map(|key| error[*key].as_str());
        let names = names.chain(detail("reason")).map(str::to_lowercase).collect();
        let code = ["code", "status", "status_code"].iter().find_map(|key| code(&error[*key]));
        Self {
            message: message(error, DEPTH),
            names,
            code: code.or_else(|| code_of(value)),
            parameter: parameter(error),
            context_tokens: count(error.get("n_ctx")),
            retry_after: detail("retryDelay").and_then(number),
        }
    }
}

/// Whether a value is an error rather than a part of an answer.
fn is_error(value: &Value) -> bool {
    let is_called =
        |key: &str| value[key].as_str().is_some_and(|it| it.eq_ignore_ascii_case("error"));
    let has_content = CONTENT.iter().any(|key| !value[*key].is_null());
    let says = || ["message", "detail", "msg", "error_msg", "error_message"].map(|key| &value[key]);
    let is_message = |it: &&Value| it.is_string() || it.as_array().is_some_and(|it| !it.is_empty());
    is_filled(&value["error"])
        || is_filled(&value["errors"])
        || is_filled(&value["choices"][0]["error"])
        || is_called("type")
        || is_called("object")
        || value["base_resp"]["status_code"].as_i64().is_some_and(|code| code != 0)
        || (!has_content && says().iter().any(is_message))
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(elements) => !elements.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Number(number) => number.as_i64() != Some(0),
        Value::Bool(true) => true,
    }
}

/// The error within what carries it.
fn inner(value: &Value) -> &Value {
    let within = [&value["error"], &value["choices"][0]["error"], &value["base_resp"]];
    within.into_iter().find(|it| it.is_object() && is_filled(it)).unwrap_or(value)
}

fn code(value: &Value) -> Option<u16> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    u16::try_from(number).ok().filter(|code| (400..=599).contains(code))
}

fn code_of(value: &Value) -> Option<u16> {
    ["code", "status", "status_code"].iter().find_map(|key| code(&value[*key]))
}

/// What an error says. Text may be JSON again, lists are joined, and what a gateway passes on from
/// further behind comes with it.
fn message(error: &Value, depth: usize) -> Option<String> {
    let deeper = |value: &Value| message(value, depth.checked_sub(1)?);
    match error {
        Value::String(text) => {
            let is_json = text.trim_start().starts_with(['{', '[']);
            let within = is_json.then(|| values(text)).flatten().map(|(values, _)| values);
            let found = within.and_then(|values| deeper(&Value::Array(values)));
            found.or_else(|| Some(text.trim().to_owned())).filter(|text| !text.is_empty())
        }
        Value::Array(elements) => {
            let mut all: Vec<_> = elements.iter().filter_map(deeper).collect();
            all.dedup();
            (!all.is_empty()).then(|| all.join("; "))
        }
        Value::Object(fields) => {
            let found = MESSAGES.iter().find_map(|key| fields.get(*key).and_then(deeper))?;
            let place = place(error).filter(|place| !found.contains(place));
            let found = place.map_or_else(|| found.clone(), |place| format!("{place}: {found}"));
            let behind = error["metadata"]["raw"].as_str().and_then(|raw| deeper(&raw.into()));
            let behind = behind.filter(|behind| !found.contains(behind.as_str()));
            Some(behind.map_or_else(|| found.clone(), |behind| format!("{found}: {behind}")))
        }
        _ => None,
    }
}

/// The field that a list of problems names, as validators of requests write it: `["body", "seed"]`.
fn place(problem: &Value) -> Option<&str> {
    let mut names = elements(&problem["loc"]).iter().filter_map(Value::as_str);
    names.rfind(|name| *name != "body")
}

/// The parameter that an error is about.
fn parameter(error: &Value) -> Option<String> {
    let lists = ["detail", "message", "errors"].map(|key| elements(&error[key]));
    let places = lists.into_iter().flatten().find_map(place);
    error["param"].as_str().or(places).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let value = serde_json::from_str(text).unwrap();
        let found = Written::find(&value).map(|it| it.message.unwrap_or_default());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn reasons_are_found_wherever_they_stand() {
        check(r#"{"error": {"message": "No."}}"#, Some("No."));
        check(r#"[{"error": {"message": "No."}}]"#, Some("No."));
        check(r#"{"error": "No."}"#, Some("No."));
        check(r#"{"errors": ["No.", {"msg": "Never."}]}"#, Some("No.; Never."));
        check(r#"{"detail": "No."}"#, Some("No."));
        check(
            r#"{"detail": [{"loc": ["body", "seed"], "msg": "Not permitted"}]}"#,
            Some("seed: Not permitted"),
        );
        check(r#"{"object": "error", "message": "No.", "code": 400}"#, Some("No."));
        check(r#"{"error": {"message": "{\"error\": {\"message\": \"No.\"}}"}}"#, Some("No."));
        check(
            r#"{"error": {"message": "Failed", "metadata": {"raw": "{\"detail\": \"No.\"}"}}}"#,
            Some("Failed: No."),
        );
        check(r#"{"choices": [{"delta": {}, "error": {"message": "No."}}]}"#, Some("No."));
        check(r#"{"base_resp": {"status_code": 1004, "status_msg": "No."}}"#, Some("No."));
        check(r#"{"type": "error", "error": {"type": "overloaded_error"}}"#, Some(""));
    }

    #[test]
    fn what_is_no_error_is_none() {
        check(r#"{"choices": [], "error": null}"#, None);
        check(r#"{"choices": [], "error": ""}"#, None);
        check(r#"{"choices": [], "message": "fine", "code": 0}"#, None);
        check(r#"{"message": {"content": "Hi."}}"#, None);
        check(r#"{"type": "ping"}"#, None);
        check("{}", None);
    }
}
