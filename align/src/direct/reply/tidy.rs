//! Takes off what models put around a text, and puts the base's own edges back.

use crate::exchange::{chatter, fenced};

/// The text of a section as it is to replace `base`.
pub(super) fn tidy(text: &str, base: &str) -> String {
    let text = text.trim();
    let text = without_fence(text, base);
    let text = without_label(text, base);
    let text = without_tags(text, base);
    let text = without_quotes(text, base);
    with_edges_of(base, &with_line_breaks_of(base, text))
}

fn without_fence<'a>(text: &'a str, base: &str) -> &'a str {
    if fenced::is_fence(base.lines().next().unwrap_or_default()) {
        return text;
    }
    fenced::unwrap(text).map_or(text, str::trim)
}

fn without_label<'a>(text: &'a str, base: &str) -> &'a str {
    match text.split_once('\n') {
        Some((first, rest)) if chatter::is_opening_line(first) && !base.contains(first.trim()) => {
            without_fence(rest.trim(), base)
        }
        _ => text,
    }
}

/// Takes off one pair of tags around the whole that the base does not have, on lines of their own.
fn without_tags<'a>(text: &'a str, base: &str) -> &'a str {
    let inner = || {
        let (first, rest) = text.split_once('\n')?;
        let (inner, last) = rest.rsplit_once('\n')?;
        let name = first.trim().strip_prefix('<')?.strip_suffix('>')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let is_tag = !name.is_empty() && name.chars().all(is_name);
        let closes = last.trim().strip_prefix("</")?.strip_suffix('>')? == name;
        (is_tag && closes && !base.contains(first.trim())).then(|| inner.trim())
    };
    inner().unwrap_or(text)
}

fn without_quotes<'a>(text: &'a str, base: &str) -> &'a str {
    let pairs = [('"', '"'), ('“', '”'), ('«', '»')];
    let inner = pairs.into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close]) && !base.trim_start().starts_with(open)).then_some(inner)
    });
    inner.unwrap_or(text)
}

fn with_line_breaks_of(base: &str, text: &str) -> String {
    let unix = text.replace("\r\n", "\n");
    let breaks = base.matches('\n').count();
    let is_dos = breaks > 0 && base.matches("\r\n").count() == breaks;
    if is_dos { unix.replace('\n', "\r\n") } else { unix }
}

/// Blank space at the edges is the person's business, so it stays as it was.
fn with_edges_of(base: &str, text: &str) -> String {
    let (start, end) = (base.trim_start(), base.trim_end());
    if text.is_empty() || start.is_empty() {
        return text.to_owned();
    }
    let (leading, trailing) = (&base[..base.len() - start.len()], &base[end.len()..]);
    format!("{leading}{text}{trailing}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_models_put_around_a_text_goes() {
        assert_eq!(tidy("\n```text\nA\n```\n", "a"), "A");
        assert_eq!(tidy("Revised prompt:\n\nA\nB", "a"), "A\nB");
        assert_eq!(tidy("\"A\"", "a"), "A");
        assert_eq!(tidy("<VARIABLE>\nA\n</VARIABLE>", "a"), "A");
        assert_eq!(tidy("<b>\nA\n</b>", "<b>\na\n</b>"), "<b>\nA\n</b>");
        assert_eq!(tidy("```\nA\n```", "```\na\n```"), "```\nA\n```");
        assert_eq!(tidy("\"A\" and \"B\"", "a"), "\"A\" and \"B\"");
    }

    #[test]
    fn edges_and_line_breaks_stay_as_in_the_base() {
        assert_eq!(tidy("A\nB", " a\r\nb\r\n"), " A\r\nB\r\n");
        assert_eq!(tidy("A\r\nB\n\n", "a\nb"), "A\nB");
        assert_eq!(tidy("A\r\nB", "a"), "A\nB");
    }
}
