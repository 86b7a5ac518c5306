//! What a prompt is about: its material, and its subject in a few words.

use super::form::{HOW, is_how_to, is_shopping};
use crate::text::{one_line, quoted, sentences};
use crate::wish::find;

/// Parts a prompt into its instructions and the material below a label such as `E-mail:`.
pub(super) fn split(text: &str) -> (String, String) {
    let paragraphs: Vec<_> = text.split("\n\n").collect();
    let is_label = |line: &str| {
        let line = line.trim();
        line.ends_with(':') && line.split_whitespace().count() <= 8
    };
    for (place, paragraph) in paragraphs.iter().enumerate().rev() {
        let (first, below) = paragraph.split_once('\n').unwrap_or((paragraph, ""));
        if is_label(first) && !below.trim().is_empty() && !below.contains("\":") {
            let mut rest = paragraphs.clone();
            rest.remove(place);
            return (format!("{}\n\n{first}", rest.join("\n\n")), below.trim().to_owned());
        }
    }
    // A change of code, or a long text without a label.
    match paragraphs.last() {
        Some(last) if paragraphs.len() > 1 && (is_code(last) || last.len() > 240) => {
            (paragraphs[..paragraphs.len() - 1].join("\n\n"), (*last).to_owned())
        }
        _ => (text.to_owned(), String::new()),
    }
}

fn is_code(text: &str) -> bool {
    text.lines().filter(|line| line.trim_start().starts_with(['+', '-'])).count() > 1
}

/// What a prompt is about: what stands after a colon, in quotes, or after "for", "of" and "about".
pub(super) fn subject(instructions: &str, material: &str) -> String {
    if let Some(subject) = deed(instructions).or_else(|| dish(instructions)) {
        return subject;
    }
    let after_colon = instructions.lines().enumerate().find_map(|(place, line)| {
        // Instructions have colons, too.
        let line = if place == 0 || find(line).is_empty() { line } else { return None };
        let (label, value) = line.split_once(": ")?;
        let value = value.trim();
        let is_json = value.starts_with(['{', '[']);
        (!is_json && !label.contains('"') && !value.is_empty() && value.len() <= 80)
            .then_some(value)
    });
    let after_word = || {
        let first = sentences(instructions).into_iter().next()?;
        let words = [" about ", " for ", " of ", " in "];
        let (place, word) = words.iter().find_map(|word| Some((first.rfind(word)?, word)))?;
        let rest = first[place + word.len()..].trim_end_matches(['.', '!', '?', ':']);
        let rest = [" as ", " with ", " using ", ", "]
            .iter()
            .fold(rest, |rest, stop| rest.split(stop).next().unwrap_or_default());
        (!rest.is_empty() && rest.len() <= 80).then_some(rest)
    };
    let found = after_colon.or_else(after_word).or_else(|| quoted(instructions));
    let found = found.or_else(|| sentences(material).into_iter().next());
    let own_words = || {
        let first = sentences(instructions).into_iter().next()?;
        Some(format!("“{}”", one_line(first.trim_end_matches(['.', '!', '?']), 60)))
    };
    match found {
        Some(found) => one_line(found.trim_end_matches(['.', '!', '?']), 60),
        None => own_words().unwrap_or_else(|| "the topic".to_owned()),
    }
}

/// What "How do I …?" asks about, as said to the person: "change the oil in your lawnmower".
fn deed(instructions: &str) -> Option<String> {
    if !is_how_to(instructions) {
        return None;
    }
    let first = *sentences(instructions).first()?;
    let start = HOW.iter().find(|how| first.to_lowercase().starts_with(*how))?.len();
    let deed = first.get(start..)?.trim_end_matches(['.', '!', '?', ':']);
    let words = deed.split_whitespace().map(|word| if word == "my" { "your" } else { word });
    Some(one_line(&words.collect::<Vec<_>>().join(" "), 60))
}

/// What a shopping list is for: "shrimp scampi" in "a shopping list for making shrimp scampi for four".
fn dish(instructions: &str) -> Option<String> {
    if !is_shopping(instructions) {
        return None;
    }
    let first = *sentences(instructions).first()?;
    let (_, rest) =
        first.split_once("list for ").or_else(|| first.split_once("ingredients for "))?;
    let rest = ["making ", "cooking ", "a recipe for "]
        .iter()
        .fold(rest, |rest, verb| rest.strip_prefix(verb).unwrap_or(rest));
    let end = [" for ", " with ", " that "].iter().filter_map(|stop| rest.find(stop)).min();
    let dish = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', '!', '?', ',', ':']);
    (!dish.is_empty()).then(|| one_line(dish, 60))
}
