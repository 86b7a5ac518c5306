//! Rule 6: nothing is copied out of the run's values or output, unless the feedback quotes it.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::{quoted, whole};
use crate::direct::finding::{Finding, FindingKind};
use crate::direct::request::Request;
use crate::prompt::{Prompt, Values};
use crate::words::{is_unspaced, spans, words};

/// Words that are compared at once. Shorter runs are part of any language.
const GRAM: usize = 4;

/// The length from which a run of copied words in a prompt is a leak: 8 words, or as many characters
/// as 8 words of 5 have. Scripts without spaces put more into a character, so there half as many count.
const RUN_WORDS: usize = 8;
const WORD_CHARACTERS: usize = 5;

/// The shortest and longest value, in characters and words, that is looked for as a whole.
const VALUE_CHARACTERS: usize = 3;
const VALUE_WORDS: usize = RUN_WORDS;

/// Values that prompts use as words of their own.
const COMMON_VALUES: [&str; 28] = [
    "the", "and", "you", "yes", "true", "false", "none", "null", "other", "text", "list", "table",
    "email", "name", "title", "short", "long", "formal", "informal", "json", "markdown", "simple",
    "one", "two", "three", "english", "word", "sentence",
];

pub(super) fn check(base: &Prompt, draft: &Prompt, context: &Request<'_>) -> Vec<Finding> {
    let names = base.variables();
    let values: Values =
        context.values.clone().into_iter().filter(|(name, _)| names.contains(name)).collect();
    let sources: Vec<_> = context.output.map(|output| ("the output", output)).into_iter().collect();
    of_text(&whole(draft), &known(base, context), &sources, &values, RUN_WORDS)
}

/// What `text` copies from `sources`, each with its name in a sentence, and from `values`, beyond what
/// is `known` anyway. A run of `run_words` words is a copy.
pub(crate) fn of_text(
    text: &str,
    known: &str,
    sources: &[(&str, &str)],
    values: &Values,
    run_words: usize,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, source) in sources {
        if let Some(run) = copied(text, source, known, run_words) {
            findings.push(leak(format!("{} is copied from {name}.", quoted(run))));
        }
    }
    for (name, value) in values {
        let found =
            whole_value(text, value, known).or_else(|| copied(text, value, known, run_words));
        if let Some(found) = found {
            findings
                .push(leak(format!("{} is copied from the value of {{{name}}}.", quoted(found))));
        }
    }
    findings
}

fn leak(message: String) -> Finding {
    Finding::new(FindingKind::Leak, message)
}

/// What a draft may say: what the base says, and what the feedback says or quotes.
fn known(base: &Prompt, context: &Request<'_>) -> String {
    let mut known = whole(base);
    for piece in context.feedback {
        known.push('\n');
        known.push_str(&piece.text);
        if let Some(span) = &piece.span {
            known.push('\n');
            known.push_str(&span.exact);
        }
    }
    known
}

/// The first long run of words that `draft` has from `source` and not from what is `known`.
fn copied<'a>(draft: &'a str, source: &str, known: &str, run_words: usize) -> Option<&'a str> {
    let (source, known) = (grams(source), grams(known));
    let spans: Vec<_> = spans(draft).collect();
    let words: Vec<&str> = spans.iter().map(|span| &draft[span.clone()]).collect();
    let mut start = None;
    for index in 0..words.len() {
        let gram = words.get(index..index + GRAM).map(hash);
        if gram.is_some_and(|gram| source.contains(&gram) && !known.contains(&gram)) {
            start.get_or_insert(index);
        } else if let Some(start) = start.take() {
            let last = index + GRAM - 2;
            if is_long(&words[start..=last], run_words) {
                return Some(&draft[spans[start].start..spans[last].end]);
            }
        }
    }
    None
}

fn is_long(run: &[&str], run_words: usize) -> bool {
    let run_characters = run_words * WORD_CHARACTERS;
    let is_dense = run.iter().filter(|word| word.starts_with(is_unspaced)).count() * 2 > run.len();
    if is_dense {
        return run.len() * 2 >= run_characters;
    }
    let characters: usize = run.iter().map(|word| word.chars().count() + 1).sum();
    run.len() >= run_words || characters > run_characters
}

/// Whether a short value appears as it is, as whole words.
fn whole_value<'a>(draft: &'a str, value: &str, known: &str) -> Option<&'a str> {
    let value: Vec<String> = words(value).map(str::to_lowercase).collect();
    let characters: usize = value.iter().map(|word| word.chars().count()).sum();
    let is_common = value.len() == 1 && COMMON_VALUES.contains(&value[0].as_str());
    if value.is_empty() || value.len() > VALUE_WORDS || characters < VALUE_CHARACTERS || is_common {
        return None;
    }
    let known: Vec<String> = words(known).map(str::to_lowercase).collect();
    if known.windows(value.len()).any(|window| window == value) {
        return None;
    }
    let spans: Vec<_> = spans(draft).collect();
    let is_value = |window: &&[Range<usize>]| {
        let mut pairs = window.iter().zip(&value);
        pairs.all(|(span, value)| draft[span.clone()].to_lowercase() == *value)
    };
    let found = spans.windows(value.len()).find(is_value)?;
    Some(&draft[found.first()?.start..found.last()?.end])
}

/// Every run of [`GRAM`] words, as hashes.
pub(super) fn grams(text: &str) -> HashSet<u64> {
    let words: Vec<&str> = words(text).collect();
    words.windows(GRAM).map(hash).collect()
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for word in words {
        word.to_lowercase().hash(&mut hasher);
    }
    hasher.finish()
}
