//! Splits a text into what a diff moves as a whole.

use crate::template::in_name;
use crate::words::is_unspaced;

/// Words, placeholders, line breaks, runs of blank space, and single marks. Joined they are the
/// text. Characters that belong to the one before (accents, joined emoji) stay with it.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::with_capacity(text.len() / 3);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (token, after) = rest.split_at(length(rest, first));
        tokens.push(token);
        rest = after;
    }
    tokens
}

fn length(rest: &str, first: char) -> usize {
    let run = |is_it: fn(char) -> bool| rest.find(|c| !is_it(c)).unwrap_or(rest.len());
    match first {
        '\r' if rest.starts_with("\r\n") => 2,
        '\n' | '\r' => 1,
        '{' => placeholder(rest).unwrap_or(1),
        '`' | '*' | '-' | '=' | '.' | '#' | '~' => rest.find(|c| c != first).unwrap_or(rest.len()),
        _ if first.is_whitespace() => run(|c| c.is_whitespace() && c != '\n' && c != '\r'),
        _ if is_word(first) => word(rest),
        _ => mark(rest, first),
    }
}

/// `{name}`, whether it is a variable or not.
fn placeholder(rest: &str) -> Option<usize> {
    let close = rest[1..].find(|c: char| !in_name(c))? + 1;
    (close > 1 && rest[close..].starts_with('}')).then_some(close + 1)
}

fn word(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        let is_inner_apostrophe =
            matches!(c, '\'' | '’') && chars.peek().is_some_and(|&(_, next)| is_word(next));
        if !is_word(c) && !extends(c) && !is_inner_apostrophe {
            return index;
        }
    }
    rest.len()
}

/// One character with everything that changes its look.
fn mark(rest: &str, first: char) -> usize {
    let mut is_joined = false;
    let mut is_flag = is_regional(first);
    for (index, c) in rest.char_indices().skip(1) {
        let is_second_of_flag = is_flag && is_regional(c);
        if !extends(c) && !is_joined && !is_second_of_flag {
            return index;
        }
        is_joined = c == ZERO_WIDTH_JOINER;
        is_flag = false;
    }
    rest.len()
}

const ZERO_WIDTH_JOINER: char = '\u{200D}';

fn is_word(c: char) -> bool {
    c == '_' || (c.is_alphanumeric() && !is_unspaced(c))
}

/// Flags are pairs of these.
fn is_regional(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Whether a character belongs to the one before it: combining marks of the common scripts, joiners,
/// variation selectors, skin tones and tags.
fn extends(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x0610..=0x061A | 0x064B..=0x065F
        | 0x0670 | 0x06D6..=0x06DC | 0x0900..=0x0903 | 0x093A..=0x094F | 0x09BC..=0x09CD
        | 0x0A3C..=0x0A4D | 0x0ABC..=0x0ACD | 0x0BBE..=0x0BCD | 0x0C3E..=0x0C4D | 0x0CBC..=0x0CCD
        | 0x0D3E..=0x0D4D | 0x0E31 | 0x0E34..=0x0E3A | 0x0E47..=0x0E4E | 0x1AB0..=0x1AFF
        | 0x1DC0..=0x1DFF | 0x200C..=0x200D | 0x20D0..=0x20FF | 0x3099..=0x309A | 0xFE00..=0xFE0F
        | 0xFE20..=0xFE2F | 0x1F3FB..=0x1F3FF | 0xE0020..=0xE007F | 0xE0100..=0xE01EF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(tokens(text), expected);
        assert_eq!(tokens(text).concat(), text);
    }

    #[test]
    fn texts_are_split_where_people_would() {
        check("Don't  stop.\r\nA_b=3", &["Don't", "  ", "stop", ".", "\r\n", "A_b", "=", "3"]);
        check("{item}, {like this}", &["{item}", ",", " ", "{", "like", " ", "this", "}"]);
        check("```py\n{", &["```", "py", "\n", "{"]);
        check("日本。ไทย", &["日", "本", "。", "ไ", "ท", "ย"]);
        check("cafe\u{301} 👩‍🚀🇯🇵🇫🇷!", &["cafe\u{301}", " ", "👩‍🚀", "🇯🇵", "🇫🇷", "!"]);
    }
}
