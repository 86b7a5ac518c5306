//! Words, compared without case and punctuation.

use std::collections::HashSet;
use std::ops::Range;

/// The words of a text: runs of letters and digits with their inner apostrophes. Where a script
/// writes no spaces, each character is a word.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    spans(text).map(|span| &text[span])
}

/// Where the words stand, in bytes.
pub(crate) fn spans(text: &str) -> impl Iterator<Item = Range<usize>> {
    Spans { text, position: 0 }
}

struct Spans<'a> {
    text: &'a str,
    position: usize,
}

impl Iterator for Spans<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.position + self.text[self.position..].find(char::is_alphanumeric)?;
        let rest = &self.text[start..];
        let first = rest.chars().next()?;
        let length = if is_unspaced(first) { first.len_utf8() } else { word_end(rest) };
        self.position = start + length;
        Some(start..self.position)
    }
}

fn word_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        let is_inside = (c.is_alphanumeric() && !is_unspaced(c))
            || ("'’".contains(c) && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric()));
        if !is_inside {
            return index;
        }
    }
    text.len()
}

/// Whether the script of a character is written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF      // Thai, Lao
        | 0x1000..=0x109F    // Myanmar
        | 0x1780..=0x17FF    // Khmer
        | 0x3040..=0x30FF    // Hiragana, Katakana
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF // Han
    )
}

/// The words in lower case.
pub(crate) fn lower_words(text: &str) -> Vec<String> {
    words(text).map(str::to_lowercase).collect()
}

/// The share of the different words of `base` that `text` holds too, 0 to 1; 0 for no words.
pub(crate) fn share_kept(base: &str, text: &str) -> f64 {
    let base: HashSet<_> = lower_words(base).into_iter().collect();
    let text: HashSet<_> = lower_words(text).into_iter().collect();
    if base.is_empty() {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more precision")]
    let share = base.intersection(&text).count() as f64 / base.len() as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_by_script() {
        let split: Vec<_> = words("Don't stop—{item}, 3 más! 日本語 ok").collect();
        assert_eq!(split, ["Don't", "stop", "item", "3", "más", "日", "本", "語", "ok"]);
    }

    #[test]
    fn likeness_is_the_share_of_kept_words() {
        assert!((share_kept("Give three uses", "give me four USES") - 2.0 / 3.0).abs() < 1e-9);
        assert!(share_kept("", "x").abs() < 1e-9);
    }
}
