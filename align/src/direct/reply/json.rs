//! Replies that are JSON although nobody asked for it.

use serde_json::{Map, Value};

use super::parts::Parts;
use crate::exchange::fenced;
use crate::exchange::json::parse;
use crate::exchange::tags;
use crate::prompt::Prompt;

const PROMPT_KEYS: [&str; 5] =
    ["revised_prompt", "new_prompt", "improved_prompt", "updated_prompt", "prompt"];
const SYSTEM_KEYS: [&str; 2] = ["revised_system_instructions", "system_instructions"];
const RATIONALE_KEYS: [&str; 4] = ["rationale", "explanation", "reason", "reasoning"];
const NO_CHANGE_KEYS: [&str; 2] = ["no_change", "unchanged"];

/// Reads a body that is one object, fenced or not. An object that is a prompt written in JSON has
/// other keys, or the same as its base, and is not one of these.
pub(super) fn read_whole(body: &str, base: &Prompt) -> Option<Parts> {
    let body = fenced::unwrap(body).unwrap_or(body).trim();
    let object = parse(body)?;
    let own = parse(base.text.trim()).unwrap_or_default();
    if PROMPT_KEYS.iter().any(|key| own.contains_key(*key)) {
        return object.contains_key(PROMPT_KEYS[0]).then(|| parts(&object))?;
    }
    parts(&object)
}

/// Finds an object with our own key inside other text.
pub(super) fn read_embedded(body: &str) -> Option<Parts> {
    let key = body.find("\"revised_prompt\"").or_else(|| body.find("\"no_change\""))?;
    let start = body[..key].rfind('{')?;
    let ends = body[start..].rmatch_indices('}').take(8);
    let mut objects = ends.filter_map(|(end, _)| parse(&body[start..=start + end]));
    objects.find_map(|object| parts(&object))
}

fn parts(object: &Map<String, Value>) -> Option<Parts> {
    let text =
        |keys: &[&str]| keys.iter().find_map(|key| object.get(*key)?.as_str()).map(str::to_owned);
    let rationale = text(&RATIONALE_KEYS).unwrap_or_default();
    let no_change = NO_CHANGE_KEYS.iter().find_map(|key| match object.get(*key)? {
        Value::Bool(true) => Some(rationale.clone()),
        Value::String(reason) if !reason.trim().is_empty() => Some(reason.trim().to_owned()),
        _ => None,
    });
    let parts = Parts {
        diagnosis: lines(object, tags::DIAGNOSIS),
        text: text(&PROMPT_KEYS).filter(|text| no_change.is_none() || !text.trim().is_empty()),
        system_instructions: text(&SYSTEM_KEYS),
        rationale,
        no_change,
        followed: lines(object, tags::FOLLOWED),
        conflicts: lines(object, tags::CONFLICTS),
        is_open: false,
    };
    let is_answer =
        parts.text.is_some() || parts.no_change.is_some() || !parts.conflicts.is_empty();
    is_answer.then_some(parts)
}

/// A string, a list of strings, or an object of strings, as lines.
fn lines(object: &Map<String, Value>, key: &str) -> String {
    match object.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
        }
        Some(Value::Object(items)) => {
            let lines =
                items.iter().filter_map(|(key, it)| Some(format!("{key}: {}", it.as_str()?)));
            lines.collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgotten_escapes_are_forgiven() {
        let text = "{\"revised_prompt\": \"a \\\"b\\\"\n\tc\", \"rationale\": \"d\"}";
        let parts = read_whole(text, &Prompt::new("a")).unwrap();
        assert_eq!(parts.text.unwrap(), "a \"b\"\n\tc");
    }

    #[test]
    fn a_prompt_written_in_json_is_no_reply_in_json() {
        let base = Prompt::new(r#"{"prompt": "a portrait", "style": "oil"}"#);
        assert_eq!(read_whole(r#"{"prompt": "a portrait", "style": "ink"}"#, &base), None);
        let reply = r#"{"revised_prompt": "{\"prompt\": \"x\"}"}"#;
        let parts = read_whole(reply, &base).unwrap();
        assert_eq!(parts.text.unwrap(), r#"{"prompt": "x"}"#);
    }
}
