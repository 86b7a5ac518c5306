//! The number before what a prompt lists.

use std::ops::Range;

use crate::text::{bare, number, number_word, sentences};

/// The text with another number of things, by their plural and singular, and the words that say it.
pub(super) fn with_count(
    text: &str,
    count: usize,
    (plural, singular): (&str, &str),
) -> Option<(String, String)> {
    let (word, noun) = counted(text, plural, singular)?;
    let old = &text[word.clone()];
    let new = match number(old) {
        Some(known) if known == count => old.to_owned(),
        _ if old.bytes().all(|byte| byte.is_ascii_digit()) => count.to_string(),
        _ => number_word(count),
    };
    let noun_now = if count == 1 { singular } else { plural };
    let words = format!("{new}{}{noun_now}", &text[word.end..noun.start]);
    Some((format!("{}{words}{}", &text[..word.start], &text[noun.end..]), words))
}

/// Where the number stands, and the noun after it.
fn counted(text: &str, plural: &str, singular: &str) -> Option<(Range<usize>, Range<usize>)> {
    let is_noun = |word: &&str| {
        let word = bare(word);
        word.eq_ignore_ascii_case(plural) || word.eq_ignore_ascii_case(singular)
    };
    sentences(text).into_iter().find_map(|sentence| {
        let words: Vec<_> = sentence.split_whitespace().collect();
        let at = words.iter().position(is_noun)?;
        let before = words[at.saturating_sub(3)..at].iter().rev();
        let word = before.copied().find(|word| number(word).is_some())?;
        Some((place(text, bare(word)), place(text, bare(words[at]))))
    })
}

/// Where `part`, which is a part of it, stands in `text`.
fn place(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_changes_where_it_stands() {
        let check = |text: &str, count, expected: Option<(&str, &str)>| {
            let expected = expected.map(|(text, words)| (text.to_owned(), words.to_owned()));
            assert_eq!(with_count(text, count, ("uses", "use")), expected);
        };
        check("Give three uses.", 5, Some(("Give five uses.", "five uses")));
        check("Give 10 good uses.", 5, Some(("Give 5 good uses.", "5 good uses")));
        check("Give five uses.", 5, Some(("Give five uses.", "five uses")));
        check("Give uses.", 5, None);
        check("Give three uses.", 1, Some(("Give one use.", "one use")));
        check("Now: give one use!", 2, Some(("Now: give two uses!", "two uses")));
        check("Use it. Give one use.", 1, Some(("Use it. Give one use.", "one use")));
    }
}
