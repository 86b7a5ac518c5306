//! The syntax of templates: which braces are variables.
//!
//! `{name}` is a variable when `name` is a letter of any script or `_`, followed by letters, digits, marks
//! or `_`: an identifier of Unicode (<https://www.unicode.org/reports/tr31/>). Two syntaxes of other tools are left alone: a name that stands between doubled braces on both
//! sides (`{{name}}`, and therefore `{{{name}}}` and `${{name}}` too), and braces directly after `$`
//! (`${name}`). Everything else is plain text, and there are no escapes. What follows from that:
//!
//! | text | meaning |
//! |---|---|
//! | `{"item": {item}}` | the variable `item` inside literal braces |
//! | `{{x}` and `{x}}` | the variable `x` with one literal brace beside it |
//! | `{a{b}}` | the variable `b` inside the literal text `{a` … `}` |
//! | `{größe}`, `{質問}` | variables |
//! | `{}`, `{ x }`, `{1x}`, `{kebab-case}`, `{like this}` | plain text |

mod code;
mod doubled;

use std::collections::BTreeSet;
use std::fmt;

use crate::prompt::Values;

pub use doubled::{doubled_names, with_variables};

/// One piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// Text that stays as it is; never empty.
    Text(&'a str),
    /// A variable, by its name without braces.
    Variable(&'a str),
}

impl fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Variable(name) => write!(f, "{{{name}}}"),
        }
    }
}

/// A template split into text and variables. Printing it gives its text back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template<'a> {
    segments: Vec<Segment<'a>>,
}

impl<'a> Template<'a> {
    /// Splits `text` in linear time. Never fails: what is not a variable is text. Names in
    /// `plain_names` are text, too.
    pub fn parse(text: &'a str, plain_names: &BTreeSet<String>) -> Self {
        let mut segments = Vec::new();
        let (mut text_start, mut position) = (0, 0);
        while let Some(found) = text[position..].find('{') {
            let open = position + found;
            let name = name_at(text, open + 1);
            position = open + 1 + name.len();
            if !is_variable(text, open, name) || plain_names.contains(name) {
                continue;
            }
            if text_start < open {
                segments.push(Segment::Text(&text[text_start..open]));
            }
            segments.push(Segment::Variable(name));
            position += 1;
            text_start = position;
        }
        if text_start < text.len() {
            segments.push(Segment::Text(&text[text_start..]));
        }
        Self { segments }
    }

    /// The pieces in order. Two texts never follow each other.
    pub fn segments(&self) -> &[Segment<'a>] {
        &self.segments
    }

    /// The names of the variables in order, repeated as they appear.
    pub fn variables(&self) -> impl Iterator<Item = &'a str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Variable(name) => Some(*name),
            Segment::Text(_) => None,
        })
    }

    /// The names of the variables that stand in code only: in a fence of Markdown, or right after a command
    /// of TeX. `text` is what the template was parsed from.
    pub fn only_in_code(&self, text: &'a str) -> Vec<&'a str> {
        code::only_in_code(self, text)
    }

    /// Puts `values` in place of the variables, each as it is and never scanned again. A variable
    /// without a value stays as written.
    pub fn render(&self, values: &Values) -> String {
        let mut rendered = String::new();
        for segment in &self.segments {
            match segment {
                Segment::Text(text) => rendered.push_str(text),
                Segment::Variable(name) => match values.get(*name) {
                    Some(value) => rendered.push_str(value),
                    None => rendered.extend(["{", name, "}"]),
                },
            }
        }
        rendered
    }
}

impl fmt::Display for Template<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.segments.iter().try_for_each(|segment| segment.fmt(f))
    }
}

/// The longest run of name characters from `start`, which may be empty.
fn name_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    &rest[..rest.find(|c| !in_name(c)).unwrap_or(rest.len())]
}

/// Whether a name may hold this character.
pub(crate) fn in_name(c: char) -> bool {
    c == '_' || unicode_ident::is_xid_continue(c)
}

/// Whether these characters, of which each may be in a name, are one.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c == '_' || unicode_ident::is_xid_start(c))
}

/// Whether the brace at `open`, followed by `name`, opens a variable.
fn is_variable(text: &str, open: usize, name: &str) -> bool {
    let bytes = text.as_bytes();
    let close = open + 1 + name.len();
    let before = open.checked_sub(1).map(|index| bytes[index]);
    let is_doubled = before == Some(b'{') && bytes.get(close + 1) == Some(&b'}');
    is_name(name) && bytes.get(close) == Some(&b'}') && before != Some(b'$') && !is_doubled
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// Shows variables as `‹name›`, so that the snapshot tells them from literal braces.
    fn check(text: &str, expected: &Expect) {
        check_plain(text, &[], expected);
    }

    fn check_plain(text: &str, plain: &[&str], expected: &Expect) {
        let plain = plain.iter().map(|&name| name.to_owned()).collect();
        let template = Template::parse(text, &plain);
        let shown: String = template
            .segments()
            .iter()
            .map(|segment| match segment {
                Segment::Text(text) => (*text).to_owned(),
                Segment::Variable(name) => format!("‹{name}›"),
            })
            .collect();
        assert_eq!(template.to_string(), text);
        expected.assert_eq(&shown);
    }

    #[test]
    fn names_in_braces_are_variables() {
        check("Give three uses for: {item}", &expect!["Give three uses for: ‹item›"]);
        check("{_a1}{B}{c_}", &expect!["‹_a1›‹B›‹c_›"]);
        check("", &expect![""]);
    }

    #[test]
    fn names_may_be_of_any_script() {
        check("{frage} im Stil von {größe}", &expect!["‹frage› im Stil von ‹größe›"]);
        check("答えて：{質問}", &expect!["答えて：‹質問›"]);
        check("{вопрос} {सवाल} {प्रश्न} {سؤال}", &expect!["‹вопрос› ‹सवाल› ‹प्रश्न› ‹سؤال›"]);
        check("{gro\u{308}ße} {{größe}} ${größe}", &expect!["‹gro\u{308}ße› {{größe}} ${größe}"]);
    }

    #[test]
    fn everything_else_between_braces_is_text() {
        for text in [
            "{}",
            "{ x }",
            "{1x}",
            "{१}",
            "{like this}",
            "{a-b}",
            "{a.b}",
            "{na\u{200b}me}",
            "｛full｝",
            "{x",
            "x}",
            "{\n}",
        ] {
            assert_eq!(Template::parse(text, &BTreeSet::new()).segments(), [Segment::Text(text)]);
        }
    }

    #[test]
    fn literal_braces_may_hold_variables() {
        check(r#"{"item": {item}}"#, &expect![[r#"{"item": ‹item›}"#]]);
        check(r#"{"label": 1, "of": "{x}"}"#, &expect![[r#"{"label": 1, "of": "‹x›"}"#]]);
        check("{a{b}}", &expect!["{a‹b›}"]);
        check("{{x}, {x}}", &expect!["{‹x›, ‹x›}"]);
    }

    #[test]
    fn other_tools_syntaxes_are_text() {
        check("{{x}} {{ x }} ${x} ${Title:Senior}", &expect!["{{x}} {{ x }} ${x} ${Title:Senior}"]);
        check("{{{x}}} ${{x}} $${x}", &expect!["{{{x}}} ${{x}} $${x}"]);
        check("costs $ {x}", &expect!["costs $ ‹x›"]);
    }

    #[test]
    fn names_marked_as_plain_are_text() {
        check_plain("guess {n}, {name}", &["n"], &expect!["guess {n}, ‹name›"]);
    }
}
