//! Characters that a person cannot see but that change what is seen or read: controls, marks that
//! turn the reading direction, blanks without width, tags.

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that shows itself; never empty.
    Text(&'a str),
    /// A character that does not.
    Hidden(char),
}

/// Splits `text` at its hidden characters. Joiners and direction marks that scripts and emoji need
/// are text, and so are the tags of flags.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut in_flag) = (0, false);
    for (at, c) in text.char_indices() {
        in_flag = c == BLACK_FLAG || (in_flag && is_tag(c));
        if in_flag || !is_hidden(c) {
            continue;
        }
        if start < at {
            pieces.push(Piece::Text(&text[start..at]));
        }
        pieces.push(Piece::Hidden(c));
        start = at + c.len_utf8();
    }
    if start < text.len() {
        pieces.push(Piece::Text(&text[start..]));
    }
    pieces
}

/// `text` without its hidden characters.
pub fn without(text: &str) -> String {
    let shown = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Hidden(_) => None,
    });
    shown.collect()
}

/// What a hidden character is called: its number, e.g. `U+202E`.
pub fn name(hidden: char) -> String {
    format!("U+{:04X}", u32::from(hidden))
}

const BLACK_FLAG: char = '\u{1F3F4}';

fn is_hidden(c: char) -> bool {
    let is_layout = matches!(c, '\n' | '\r' | '\t');
    (c.is_control() && !is_layout)
        || is_tag(c)
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = pieces(text).into_iter().map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Hidden(hidden) => format!("‹{}›", name(hidden)),
        });
        assert_eq!(shown.collect::<String>(), expected);
    }

    #[test]
    fn what_hides_is_named() {
        check("a\u{202E}b\u{202C}", "a‹U+202E›b‹U+202C›");
        check("\0\u{1b}[31m\u{200b}\u{feff}", "‹U+0000›‹U+001B›[31m‹U+200B›‹U+FEFF›");
        check("\u{E0049}x", "‹U+E0049›x");
        check("", "");
    }

    #[test]
    fn what_scripts_and_emoji_need_is_text() {
        for text in [
            "two\nlines\r\n\tand a tab",
            "می\u{200c}خواهم",
            "👩\u{200d}🚀",
            "שלום\u{200f}!",
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} England",
        ] {
            check(text, text);
            assert_eq!(without(text), text);
        }
        assert_eq!(without("a\u{202E}b\0"), "ab");
    }
}
