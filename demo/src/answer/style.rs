//! The last touches: beginnings and ends, limits, letters.

use super::super::content::bank;
use super::super::prompt::{Form, Reading};
use super::super::text::{capitalized, sentences};
use super::super::wish::Wish;
use super::Body;

/// The finished answer.
pub(super) fn finish(body: Body, reading: &Reading) -> String {
    let opening = body.opening.filter(|_| !reading.wants(&Wish::NoOpening));
    let closing = body.closing.filter(|_| !reading.wants(&Wish::NoClosing));
    let mut parts: Vec<String> =
        [opening, Some(body.text), closing].into_iter().flatten().collect();
    for wish in &reading.wishes {
        match wish {
            Wish::MaxSentences(limit) => parts = vec![first_sentences(&parts.join("\n\n"), *limit)],
            Wish::MaxWords(limit) => parts = within_words(parts, *limit),
            _ => {}
        }
    }
    let mut answer = framed(parts, reading).join("\n\n");
    for wish in &reading.wishes {
        if let Wish::NoMention(words) = wish {
            answer = without(&answer, words);
        }
    }
    if reading.wants(&Wish::NoExclamation) {
        answer = answer.replace('!', ".");
    }
    if reading.wants(&Wish::UpperCase) {
        answer = answer.to_uppercase();
    }
    answer
}

/// What has to stand first and last, and what the demo model cannot follow.
fn framed(mut parts: Vec<String>, reading: &Reading) -> Vec<String> {
    for wish in &reading.wishes {
        match wish {
            Wish::StartWith(words) => parts.insert(0, words.clone()),
            // A letter brings its own question.
            Wish::EndWithQuestion if reading.form != Form::Letter => {
                parts.push(bank(reading.language).question.to_owned());
            }
            Wish::EndWith(words) => parts.push(words.clone()),
            Wish::Other(words) => parts.push(format!(
                "(The demo model follows simple rules. It has seen “{}”, and a language model \
                 would act on it.)",
                words.trim_end_matches('.'),
            )),
            _ => {}
        }
    }
    parts
}

fn first_sentences(text: &str, limit: usize) -> String {
    let text = text.replace("**", "");
    let lines = text.lines().map(|line| {
        let number =
            line.find(". ").filter(|end| line[..*end].bytes().all(|it| it.is_ascii_digit()));
        line[number.map_or(0, |end| end + 2)..].trim_start_matches("- ")
    });
    let text: Vec<_> = lines.collect();
    let text = text.join("\n");
    let all = sentences(&text);
    let all: Vec<_> = all.into_iter().filter(|sentence| !sentence.ends_with(':')).collect();
    all.into_iter().take(limit).collect::<Vec<_>>().join(" ")
}

/// Lets the closing go first, then the opening, then what is too much.
fn within_words(mut parts: Vec<String>, limit: usize) -> Vec<String> {
    let count = |parts: &[String]| -> usize {
        parts.iter().map(|part| part.split_whitespace().count()).sum()
    };
    if count(&parts) > limit && parts.len() > 1 {
        parts.pop();
    }
    if count(&parts) > limit && parts.len() > 1 {
        parts.remove(0);
    }
    if count(&parts) > limit {
        parts = vec![cut(&parts.join("\n\n"), limit)];
    }
    parts
}

/// The first words, each line kept as far as it goes.
fn cut(text: &str, limit: usize) -> String {
    let mut left = limit;
    let mut lines = Vec::new();
    for line in text.lines() {
        let words: Vec<_> = line.split_whitespace().take(left).collect();
        left -= words.len();
        lines.push(words.join(" "));
        if left == 0 {
            break;
        }
    }
    let text = lines.join("\n");
    // Better a little less than half a sentence.
    if let Some(end) = text.rfind(['.', '!', '?']).filter(|end| *end > text.len() / 3) {
        return text[..=end].to_owned();
    }
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '*');
    format!("{text}.")
}

/// The text with other words in the place of some.
fn without(text: &str, words: &str) -> String {
    let mut result = text.replace(words, "it");
    let capital = capitalized(words);
    result = result.replace(&capital, "It");
    result.replace(&words.to_lowercase(), "it")
}
