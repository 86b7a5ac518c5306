//! Statements as models write them, and as people want to read them: one line, nothing around it.

use crate::exchange::{chatter, fenced};
use crate::hidden;
use crate::words::lower_words;

/// Pairs of quotation marks that models put around a whole statement.
const QUOTES: [(char, char); 4] = [('"', '"'), ('“', '”'), ('«', '»'), ('\'', '\'')];

/// The statement in `text`: without fence, bullet, number, label, quotes and characters that hide, its
/// lines joined. Empty if there is none.
pub(super) fn statement(text: &str) -> String {
    let text = hidden::without(text);
    let text = text.trim();
    let text = fenced::unwrap(text).unwrap_or(text).trim();
    let text = match text.split_once('\n') {
        Some((first, rest)) if chatter::is_opening_line(first) => rest,
        _ => text,
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = without_label(without_title(without_bullet(&text)));
    let text = without_quotes(without_emphasis(text.trim()));
    if text.chars().any(char::is_alphanumeric) { text.to_owned() } else { String::new() }
}

/// Whether two statements say the same, but for case and punctuation.
pub fn is_same(one: &str, other: &str) -> bool {
    lower_words(one) == lower_words(other)
}

/// Whether a line begins an item of a list.
pub(super) fn is_item(line: &str) -> bool {
    without_bullet(line.trim()) != line.trim()
}

/// Without a leading `-`, `*`, `•`, `1.`, `2)`.
fn without_bullet(text: &str) -> &str {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = if (1..=2).contains(&digits) {
        text[digits..].strip_prefix(['.', ')', ':'])
    } else {
        text.strip_prefix(['-', '*', '•', '–'])
    };
    rest.filter(|rest| rest.starts_with(' ')).map_or(text, str::trim_start)
}

/// Without "Guideline:", "G2:", "Critique 1:" and the like.
fn without_label(text: &str) -> &str {
    let Some((label, rest)) = text.split_once([':', '：']) else { return text };
    let label = label.trim_matches(['*', '_', '[', ']', ' ']).to_lowercase();
    let word = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '#');
    let is_label =
        ["guideline", "new guideline", "principle", "critique", "kudos", "suggestion", "g"]
            .contains(&word);
    if is_label && !rest.trim().is_empty() { rest.trim_matches(['*', ' ']) } else { text }
}

/// Without a bold title of a few words, as in `**Length:** It should be shorter.`
fn without_title(text: &str) -> &str {
    const WORDS: usize = 4;
    let titled = text.strip_prefix("**").and_then(|text| text.split_once("**"));
    let Some((title, rest)) = titled else { return text };
    let after = rest.trim_start().strip_prefix([':', '：']);
    let is_title = after.is_some() || title.trim_end().ends_with([':', '：']);
    let rest = after.unwrap_or(rest).trim();
    let is_short = title.split_whitespace().count() <= WORDS;
    if is_title && is_short && !rest.is_empty() { rest } else { text }
}

/// Without stars around the whole.
fn without_emphasis(text: &str) -> &str {
    let inner = ["**", "*"].into_iter().find_map(|stars| {
        let inner = text.strip_prefix(stars)?.strip_suffix(stars)?;
        (!inner.contains('*')).then_some(inner)
    });
    inner.unwrap_or(text).trim()
}

fn without_quotes(text: &str) -> &str {
    let inner = QUOTES.into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then_some(inner)
    });
    inner.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_lose_what_stands_around_them() {
        let check = |text: &str, expected: &str| assert_eq!(statement(text), expected);
        check("Use short sentences.", "Use short sentences.");
        check("  - \"Use short\n  sentences.\"", "Use short sentences.");
        check("1. **Guideline:** Use short sentences.", "Use short sentences.");
        check("1. **Length:** It should be shorter.", "It should be shorter.");
        check("- **Length**: It should be shorter.", "It should be shorter.");
        check("**Use short sentences.**", "Use short sentences.");
        check("**Never** use long sentences.", "**Never** use long sentences.");
        check("Set names in **bold**", "Set names in **bold**");
        check("```\nG2: Name a price.\n```", "Name a price.");
        check("Here is the guideline for the prompt:\nName a price.", "Name a price.");
        check("3D models are described first.", "3D models are described first.");
        check("Answer with: yes or no.", "Answer with: yes or no.");
        check("Use \u{202E}short\u{200B} sentences.", "Use short sentences.");
        check(" \n\t", "");
        check("---", "");
        check(
            "\"Yes\" and \"no\" are the only answers.",
            "\"Yes\" and \"no\" are the only answers.",
        );
    }

    #[test]
    fn sameness_ignores_case_and_punctuation() {
        assert!(is_same("Use short sentences.", "use short sentences"));
        assert!(!is_same("Use short sentences.", "Use long sentences."));
        assert!(is_item("- a") && is_item("2) b") && !is_item("a - b") && !is_item("2024 was"));
    }
}
