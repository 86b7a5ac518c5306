//! The number before what a prompt lists.

use crate::text::{number, number_word, sentences};

/// The text with another number before `items`, and the words that say it.
pub(super) fn with_count(text: &str, count: usize, items: &str) -> Option<(String, String)> {
    let (place, word) = count_word(text, items)?;
    let is_digits = word.bytes().all(|byte| byte.is_ascii_digit());
    let new = match number(word) {
        Some(known) if known == count => word.to_owned(),
        _ if is_digits => count.to_string(),
        _ => number_word(count),
    };
    let rest = &text[place + word.len()..];
    let end = rest.find(items).map_or(0, |start| start + items.len());
    let words = format!("{new}{}", &rest[..end]);
    Some((format!("{}{new}{rest}", &text[..place]), words))
}

/// The number before `items`, with its place.
fn count_word<'a>(text: &'a str, items: &str) -> Option<(usize, &'a str)> {
    let sentence = sentences(text).into_iter().find(|sentence| sentence.contains(items))?;
    let start = text.find(sentence)?;
    let end = start + sentence.find(items)?;
    let word = text[start..end].split_whitespace().rev().take(3).find(|it| number(it).is_some())?;
    let place = start + text[start..end].rfind(word)?;
    Some((place, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_changes_where_it_stands() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let expected = expected.map(|(text, words)| (text.to_owned(), words.to_owned()));
            assert_eq!(with_count(text, 5, "uses"), expected);
        };
        check("Give three uses.", Some(("Give five uses.", "five uses")));
        check("Give 10 good uses.", Some(("Give 5 good uses.", "5 good uses")));
        check("Give five uses.", Some(("Give five uses.", "five uses")));
        check("Give uses.", None);
    }
}
