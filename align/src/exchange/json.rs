//! JSON as models write it.

use serde_json::{Map, Value};

/// Reads an object, also one with raw line breaks and tabs inside its strings.
pub(crate) fn parse(text: &str) -> Option<Map<String, Value>> {
    if !text.starts_with('{') {
        return None;
    }
    serde_json::from_str(text).or_else(|_| serde_json::from_str(&with_escaped_controls(text))).ok()
}

/// Escapes line breaks and tabs inside strings, where models forget to.
fn with_escaped_controls(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    let (mut is_string, mut is_escape) = (false, false);
    for c in text.chars() {
        match c {
            '"' if !is_escape => is_string = !is_string,
            '\n' | '\r' | '\t' if is_string => {
                escaped.push_str(match c {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    _ => "\\t",
                });
                is_escape = false;
                continue;
            }
            _ => {}
        }
        is_escape = c == '\\' && !is_escape;
        escaped.push(c);
    }
    escaped
}
