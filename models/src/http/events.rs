//! Events out of bytes: server-sent events, read as leniently as servers write them.
//!
//! The standard (<https://html.spec.whatwg.org/multipage/server-sent-events.html>) is followed where it
//! is kept. Beyond it, these are read, because servers send them:
//!
//! | sent | read as |
//! |---|---|
//! | a byte order mark before any line | nothing |
//! | events without an empty line between them | events: JSON that is whole is an event |
//! | JSON without `data:`, whole, in lines or over many lines | the data of an event |
//! | `error: …` as a field, or `event: error` | an event that is an error |
//! | `data:` without a value, or with a comment in it | a sign of life |
//! | a line break in the middle of JSON | part of the data |
//! | bytes that are no UTF-8 | halves of characters, which [`super::halves`] joins |

use super::body::describe;
use super::halves;

/// One event.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// Its data, lines joined by `\n`.
    pub(super) data: String,
    /// Whether the stream itself calls it an error.
    pub(super) is_error: bool,
    /// Whether it stood there without `data:`.
    pub(super) is_bare: bool,
    /// Whether its data holds halves of characters.
    pub(super) has_halves: bool,
}

/// Bytes that are no events at all; holds what they look like.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoEvents(pub(super) &'static str);

/// Reads events from bytes in pieces of any size. Every byte is looked at once.
#[derive(Debug, Default)]
pub(super) struct Events {
    /// The line that has begun.
    line: Vec<u8>,
    /// Whether the last line ended with `\r`, so that a `\n` now belongs to its end.
    after_return: bool,
    /// Whether the beginning was found to be one of an event stream.
    has_begun: bool,
    /// The event that has begun.
    event: Event,
    /// Bytes of the event that has begun.
    size_bytes: usize,
}

impl Events {
    /// Reads more bytes; whole events are added to `ready`.
    pub(super) fn push(&mut self, bytes: &[u8], ready: &mut Vec<Event>) -> Result<(), NoEvents> {
        let mut rest = bytes;
        if self.after_return && !rest.is_empty() {
            self.after_return = false;
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        while let Some(end) = rest.iter().position(|byte| b"\r\n".contains(byte)) {
            self.line.extend_from_slice(&rest[..end]);
            self.begin()?;
            self.end_line(ready);
            let is_return = rest[end] == b'\r';
            rest = &rest[end + 1..];
            self.after_return = is_return && rest.is_empty();
            if is_return {
                rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            }
        }
        self.line.extend_from_slice(rest);
        self.begin()
    }

    /// Reads what has no line end because the stream has ended.
    pub(super) fn end(&mut self, ready: &mut Vec<Event>) {
        self.end_line(ready);
        self.end_event(ready);
    }

    /// Bytes of the event that has begun.
    pub(super) fn size_bytes(&self) -> usize {
        self.size_bytes + self.line.len()
    }

    /// Judges the first characters: a field, a comment, JSON, or something else altogether.
    fn begin(&mut self) -> Result<(), NoEvents> {
        let start = without_marks(&self.line);
        let Some(first) = start.first().filter(|_| !self.has_begun) else { return Ok(()) };
        if BYTE_ORDER_MARK.starts_with(start) {
            return Ok(());
        }
        self.has_begun = true;
        let is_start = b"deir:{[".contains(&first.to_ascii_lowercase());
        if is_start { Ok(()) } else { Err(NoEvents(describe(start))) }
    }

    fn end_line(&mut self, ready: &mut Vec<Event>) {
        let line = std::mem::take(&mut self.line);
        let (text, has_halves) = halves::decode(without_marks(&line));
        self.event.has_halves |= has_halves;
        let text = text.trim_end();
        if text.is_empty() {
            return self.end_event(ready);
        }
        let field = Field::of(text);
        let is_open = !self.event.data.is_empty() && !is_whole(&self.event.data);
        match field {
            // The rest of JSON over many lines, or of a line that broke in the middle.
            _ if is_open && (self.event.is_bare || matches!(field, Field::Bare | Field::Other)) => {
                self.add(text);
            }
            Field::Comment | Field::Other => {}
            Field::Data(value) if is_comment(value) => {}
            Field::Data(value) => {
                if is_whole(&self.event.data) && value.starts_with(['{', '[']) {
                    self.end_event(ready);
                }
                self.add(value);
            }
            Field::Kind(kind) => {
                if !self.event.data.is_empty() {
                    self.end_event(ready);
                }
                self.event.is_error = kind.to_ascii_lowercase().contains("error");
            }
            Field::Error(value) => {
                self.end_event(ready);
                self.event.is_error = true;
                self.add(value);
            }
            Field::Bare => {
                self.end_event(ready);
                self.event.is_bare = true;
                self.add(text);
            }
        }
    }

    fn add(&mut self, line: &str) {
        self.size_bytes += line.len();
        if !self.event.data.is_empty() {
            self.event.data.push('\n');
        }
        self.event.data.push_str(line);
    }

    fn end_event(&mut self, ready: &mut Vec<Event>) {
        let event = std::mem::take(&mut self.event);
        self.size_bytes = 0;
        if event.is_error || !event.data.is_empty() {
            ready.push(event);
        }
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A line without byte order marks and whitespace before it.
fn without_marks(line: &[u8]) -> &[u8] {
    let line = line.trim_ascii_start();
    line.strip_prefix(BYTE_ORDER_MARK).map_or(line, without_marks)
}

/// What a line says.
enum Field<'a> {
    Comment,
    Data(&'a str),
    Kind(&'a str),
    Error(&'a str),
    /// JSON without a field's name.
    Bare,
    /// A field that says nothing to us, or no field.
    Other,
}

impl<'a> Field<'a> {
    fn of(line: &'a str) -> Self {
        if line.starts_with(['{', '[']) {
            return Self::Bare;
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim_start();
        match name.trim_end().to_ascii_lowercase().as_str() {
            "" => Self::Comment,
            "data" => Self::Data(value),
            "event" => Self::Kind(value),
            "error" => Self::Error(value),
            _ => Self::Other,
        }
    }
}

fn is_comment(value: &str) -> bool {
    value.is_empty() || value.starts_with(':')
}

/// Whether data can be JSON that is whole. Within JSON, no line that ends like this is followed by one
/// that begins with another object.
fn is_whole(data: &str) -> bool {
    data.ends_with(['}', ']'])
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// The events of a text, one line each, the same however it is cut into pieces.
    fn check(text: impl AsRef<[u8]>, expected: &Expect) {
        let text = text.as_ref();
        let read = |size| {
            let (mut events, mut ready) = (Events::default(), Vec::new());
            text.chunks(size).for_each(|piece| events.push(piece, &mut ready).unwrap());
            events.end(&mut ready);
            ready
        };
        let whole = read(text.len());
        for size in 1..text.len() {
            assert_eq!(read(size), whole, "{size}");
        }
        let line = |event: &Event| {
            let kind = if event.is_error { "error " } else { "" };
            format!("{kind}{:?}\n", event.data)
        };
        expected.assert_eq(&whole.iter().map(line).collect::<String>());
    }

    #[test]
    fn the_standard_is_read() {
        let text = ": hello\n\nid: 1\nevent: a\ndata: {\"x\":\ndata:1}\nretry: 5\n\ndata:  y \n\n";
        check(
            text,
            &expect![[r#"
                "{\"x\":\n1}"
                "y"
            "#]],
        );
        for end in ["\r", "\r\n"] {
            check(
                text.replace('\n', end),
                &expect![[r#"
                    "{\"x\":\n1}"
                    "y"
                "#]],
            );
        }
    }

    #[test]
    fn byte_order_marks_are_nothing() {
        check(
            "\u{feff}data: 1\n\n\u{feff}\u{feff} data: 2\n\n",
            &expect![[r#"
                "1"
                "2"
            "#]],
        );
    }

    #[test]
    fn events_need_no_empty_line_between_them() {
        check(
            "data: {\"a\":1}\ndata: {\"b\":2}\nevent: x\ndata: {\"c\":3}\ndata: [DONE]",
            &expect![[r#"
                "{\"a\":1}"
                "{\"b\":2}"
                "{\"c\":3}"
                "[DONE]"
            "#]],
        );
    }

    #[test]
    fn json_needs_no_field() {
        check(
            "{\n  \"a\": {\n    \"data\": 1\n  }\n}",
            &expect![[r#"
                "{\n\"a\": {\n\"data\": 1\n}"
            "#]],
        );
        check(
            "{\"a\":1}\n{\"b\":2}\ndata: {\"c\":3}\n\n{\"error\":4}",
            &expect![[r#"
                "{\"a\":1}"
                "{\"b\":2}"
                "{\"c\":3}"
                "{\"error\":4}"
            "#]],
        );
    }

    #[test]
    fn errors_may_be_fields_or_kinds() {
        check(
            "error: {\"message\":\"no\"}\n\nevent: error\ndata: no\n\nevent: error\n\ndata: 1\n\n",
            &expect![[r#"
                error "{\"message\":\"no\"}"
                error "no"
                error ""
                "1"
            "#]],
        );
    }

    #[test]
    fn signs_of_life_are_no_events() {
        check("data:\n\ndata: : PROCESSING\n\n:\n\n\n\n", &expect![""]);
    }

    #[test]
    fn a_broken_line_is_joined() {
        check(
            "data: {\"a\":\"one\ntwo\"}\n\n",
            &expect![[r#"
                "{\"a\":\"one\ntwo\"}"
            "#]],
        );
    }

    #[test]
    fn what_is_no_stream_is_named() {
        let read = |text: &str| Events::default().push(text.as_bytes(), &mut Vec::new());
        assert_eq!(read(" <html>"), Err(NoEvents("a web page")));
        assert_eq!(read("Welcome"), Err(NoEvents("plain text")));
        assert_eq!(read("\u{feff}"), Ok(()));
    }
}
