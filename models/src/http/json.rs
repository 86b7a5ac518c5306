//! JSON as servers send it: several values in one event, and values that no strict reader takes.

use serde_json::{Deserializer, Value};

use super::halves;

/// The values of a text, arrays taken apart; `None` if it is no JSON. Says whether strings hold halves
/// of characters.
pub(super) fn values(text: &str) -> Option<(Vec<Value>, bool)> {
    if let Some(values) = strict(text) {
        return Some((values, false));
    }
    let mut mender = Mender::default();
    mender.mend(text);
    Some((strict(&mender.mended)?, mender.has_halves))
}

/// A count, as an integer, as a number with a fraction or as text; `None` if it is none.
pub(crate) fn count(value: Option<&Value>) -> Option<u32> {
    let value = value?;
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
    (number >= 0.0).then_some(number as u32)
}

/// The text of a field, if it is text that says something.
pub(crate) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str().filter(|text| !text.trim().is_empty())
}

/// The elements of an array, or a value that stands alone.
pub(crate) fn elements(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(elements) => elements,
        alone => std::slice::from_ref(alone),
    }
}

fn strict(text: &str) -> Option<Vec<Value>> {
    let values: Result<Vec<_>, _> = Deserializer::from_str(text).into_iter::<Value>().collect();
    let apart = |value| match value {
        Value::Array(elements) => elements,
        value => vec![value],
    };
    Some(values.ok()?.into_iter().flat_map(apart).collect())
}

/// Writes JSON anew so that a strict reader takes it: half surrogate pairs in carriers, control
/// characters in strings escaped, `NaN` and `Infinity` as null.
#[derive(Default)]
struct Mender {
    mended: String,
    has_halves: bool,
}

impl Mender {
    fn mend(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let number =
                ["-Infinity", "Infinity", "NaN"].into_iter().find(|it| rest.starts_with(it));
            if c == '"' {
                rest = self.string(&rest[1..]);
            } else if let Some(number) = number {
                self.mended.push_str("null");
                rest = &rest[number.len()..];
            } else {
                self.mended.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }

    /// Mends a string from after its quote; gives what follows it.
    fn string<'a>(&mut self, text: &'a str) -> &'a str {
        self.mended.push('"');
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let after = &rest[c.len_utf8()..];
            rest = match c {
                '"' => {
                    self.mended.push('"');
                    return after;
                }
                '\\' => self.escape(rest),
                c if c.is_ascii_control() => {
                    let escaped = format!("\\u{:04x}", u32::from(c));
                    self.mended.push_str(&escaped);
                    after
                }
                c => {
                    self.mended.push(c);
                    after
                }
            };
        }
        rest
    }

    /// Mends what begins with a backslash; gives what follows it.
    fn escape<'a>(&mut self, text: &'a str) -> &'a str {
        let Some(first) = surrogate(text) else {
            let end = text.char_indices().nth(2).map_or(text.len(), |(end, _)| end);
            self.mended.push_str(&text[..end]);
            return &text[end..];
        };
        let after = &text[ESCAPE_LEN..];
        let second = surrogate(after).filter(|_| first < 0xDC00);
        let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok());
        if let Some(c) = pair {
            self.mended.push(c);
            return &after[ESCAPE_LEN..];
        }
        self.has_halves = true;
        self.mended.extend(halves::carrier(first));
        after
    }
}

/// The length of `\uXXXX`.
const ESCAPE_LEN: usize = 6;

/// The surrogate that a text escapes at its beginning.
fn surrogate(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let code = u16::from_str_radix(digits, 16).ok()?;
    matches!(code, 0xD800..=0xDFFF).then_some(code)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn several_values_are_taken_apart() {
        let read = |text| values(text).map(|(values, _)| values);
        assert_eq!(read("{\"a\":1}{\"b\":2}\n[{\"c\":3}]").unwrap().len(), 3);
        assert_eq!(read("{\"a\":"), None);
        assert_eq!(read("Welcome"), None);
    }

    #[test]
    fn what_strict_readers_refuse_is_mended() {
        let read = |text| values(text).unwrap();
        let (found, has_halves) = read("{\"a\": NaN, \"b\": -Infinity, \"c\": \"NaN\nx\"}");
        assert_eq!(found, [json!({"a": null, "b": null, "c": "NaN\nx"})]);
        assert!(!has_halves);
        let (found, has_halves) = read(r#"{"a": "\\ud83d \ud83d\ude00 \"\ud83d"}"#);
        let half = halves::carrier(0xD83D).unwrap();
        assert_eq!(found, [json!({"a": format!("\\ud83d 😀 \"{half}")})]);
        assert!(has_halves);
    }

    #[test]
    fn counts_are_read_from_any_number() {
        let read = |value| count(Some(&value));
        assert_eq!(read(json!(3)), Some(3));
        assert_eq!(read(json!(3.0)), Some(3));
        assert_eq!(read(json!("3")), Some(3));
        assert_eq!(read(json!(1e12)), Some(u32::MAX));
        for none in [json!(-3), json!(null), json!("many"), json!([3]), json!(true)] {
            assert_eq!(read(none), None);
        }
    }
}
