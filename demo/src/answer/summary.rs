//! Answers made out of the material itself: summaries and reviews.

use super::super::content::bank;
use super::super::prompt::Reading;
use super::super::text::{one_line, sentences};
use super::super::wish::{Layout, Wish};
use super::Body;

/// Sentences of the material, those with figures and names first.
pub(super) fn summary(reading: &Reading) -> Body {
    let mut all: Vec<_> = sentences(&reading.material).into_iter().enumerate().collect();
    if all.is_empty() {
        return super::writing::prose(reading);
    }
    all.sort_by_key(|(place, sentence)| (usize::MAX - weight(sentence), *place));
    all.truncate(if reading.wants(&Wish::OneSentence) { 1 } else { reading.count });
    all.sort_unstable();
    let limit = if reading.is_short() { 60 } else { 200 };
    let lines = all.into_iter().map(|(_, sentence)| one_line(sentence, limit));
    let text = if reading.wants(&Wish::Layout(Layout::Prose)) || reading.wants(&Wish::OneSentence) {
        lines.collect::<Vec<_>>().join(" ")
    } else {
        lines.map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")
    };
    Body {
        opening: Some("Here is a summary of the text:".to_owned()),
        text,
        closing: Some(bank(reading.language).closing.to_owned()),
    }
}

/// How much a sentence tells: figures count most.
fn weight(sentence: &str) -> usize {
    let figures =
        sentence.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_digit()));
    figures.count() * 10 + sentence.split_whitespace().count().min(9)
}

/// What can be said of added lines without understanding them.
pub(super) fn review(reading: &Reading) -> Body {
    let added = reading.material.lines().filter(|line| line.trim_start().starts_with('+'));
    let remarks: Vec<_> = added.filter_map(remark).take(reading.count).collect();
    let text = if remarks.is_empty() { "Looks good.".to_owned() } else { remarks.join("\n") };
    Body { opening: Some("I looked at the change.".to_owned()), text, closing: None }
}

fn remark(line: &str) -> Option<String> {
    let line = line.trim_start().trim_start_matches('+').trim();
    let (problem, instead) = if line.contains("..=") && line.contains("len()") {
        ("the last index lies behind the end", "use an exclusive range, `..`")
    } else if line.contains("unwrap()") {
        ("it panics when the value is missing", "handle that case")
    } else if line.contains("let mut") {
        ("mutable state where an expression would do", "keep the expression")
    } else if line.contains('[') && line.contains("+=") {
        ("indexing hides what is summed", "iterate over the values")
    } else {
        return None;
    };
    Some(format!("`{line}`: {problem}: {instead}"))
}
