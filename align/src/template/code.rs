//! Where a text is code: what stands in braces there is seldom a variable.

use std::ops::Range;

use super::{Segment, Template};

/// The places, in bytes, of what is fenced as code in Markdown
/// (<https://spec.commonmark.org/0.31.2/#fenced-code-blocks>). A fence that nothing closes goes to the end.
pub(super) fn fenced(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut position = 0;
    for line in text.split_inclusive('\n') {
        let fence = fence(line);
        match open {
            None if !fence.is_empty() => open = Some((position, fence)),
            Some((start, opening)) if closes(line, fence, opening) => {
                found.push(start..position + line.len());
                open = None;
            }
            _ => {}
        }
        position += line.len();
    }
    found.extend(open.map(|(start, _)| start..text.len()));
    found
}

/// The three or more signs that a line begins a fence with; else nothing. It may be indented, as in a list.
fn fence(line: &str) -> &str {
    let line = line.trim_start();
    let Some(sign) = line.chars().next().filter(|sign| matches!(sign, '`' | '~')) else {
        return "";
    };
    let rest = line.trim_start_matches(sign);
    let signs = &line[..line.len() - rest.len()];
    // Code within a line may begin it, too.
    if signs.len() < 3 || (sign == '`' && rest.contains('`')) { "" } else { signs }
}

fn closes(line: &str, fence: &str, opening: &str) -> bool {
    fence.starts_with(opening) && line.trim() == fence
}

/// Whether the brace at `open` opens an argument of a TeX command: it stands right after `\word`, or after
/// other arguments of it, as both braces of `\frac{a}{b}` do.
pub(super) fn is_argument(text: &str, open: usize) -> bool {
    let mut before = &text[..open];
    while let Some(argument) = before.strip_suffix(['}', ']']) {
        let Some(start) = argument.rfind(['{', '[']) else { return false };
        before = &argument[..start];
    }
    let command = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    command.len() < before.len() && command.ends_with('\\')
}

/// The variables of `text` that stand in code only.
pub(super) fn only_in_code<'a>(template: &Template<'a>, text: &'a str) -> Vec<&'a str> {
    let fenced = fenced(text);
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    let mut position = 0;
    for segment in template.segments() {
        position += match segment {
            Segment::Text(text) => text.len(),
            Segment::Variable(name) => {
                let is_fenced = fenced.iter().any(|code| code.contains(&position));
                let is_code = is_fenced || is_argument(text, position);
                if is_code { &mut inside } else { &mut outside }.push(*name);
                name.len() + 2
            }
        };
    }
    inside.retain(|name| !outside.contains(name));
    inside
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let template = Template::parse(text, &BTreeSet::new());
        assert_eq!(only_in_code(&template, text), expected, "{text}");
    }

    #[test]
    fn names_in_fences_are_code() {
        check("Fix:\n```js\nreturn {x}\n```\nfor {item}", &["x"]);
        check("~~~\n{a}\n```\n{b}\n~~~\n{c}", &["a", "b"]);
        check("````\n```\n{a}\n```\n{b}\n````\n{c}", &["a", "b"]);
        check("- list\n    ```\n    {a}\n    ```\n- {b}", &["a"]);
        check("```\n{a}", &["a"]);
        check("```\r\n{a}\r\n```\r\n{b}", &["a"]);
        check("```{a}``` and {b}", &[]);
        check("`` {a} ``", &[]);
        check("{a}\n```\n{a}\n```", &[]);
    }

    #[test]
    fn arguments_of_commands_are_code() {
        check(r"Solve \frac{a}{b} with {c}", &["a", "b"]);
        check(r"\sqrt[3]{x} \begin{align} {y}", &["x", "align"]);
        check(r"a\{x} \\{y} word{z} }{w}", &[]);
        check(r"C:\{dir} \name {x}", &[]);
    }
}
