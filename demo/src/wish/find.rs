//! Finds wishes in what people wrote.

use align::Feedback;

use super::vocabulary::{
    CLOSINGS, COMPLAINTS, DROPS, LANGUAGES, LAYOUTS, LIMITING, LIMITS, NEGATIONS, NO_WISHES,
    OPENINGS, REGISTERS, SIGNS, all, first, holds,
};
use super::{Layout, Wish};
use crate::prompt::items;
use crate::text::{closed, number, one_line, quoted, sentences, words};

/// The wishes of a prompt's instructions, each once.
pub(crate) fn find(text: &str) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for sentence in sentences(text) {
        if let Some(own_words) = sentence.strip_prefix(Wish::OTHER) {
            add(&mut wishes, Wish::Other(own_words.to_owned()));
        } else {
            for wish in in_sentence(sentence) {
                add(&mut wishes, wish);
            }
        }
    }
    wishes
}

/// The wishes of a guideline. It is an instruction, so a number in it asks for as many.
pub(crate) fn find_in_guideline(text: &str) -> Vec<Wish> {
    let mut wishes = find(text);
    if !wishes.iter().any(|wish| matches!(wish, Wish::Count(_))) {
        wishes.extend(sentences(text).into_iter().find_map(asked_count));
    }
    wishes
}

/// "Give two uses": a number right before what a prompt lists, unless it is a limit or for each of them.
fn asked_count(sentence: &str) -> Option<Wish> {
    let (plural, singular) = items(sentence)?;
    let words = words(sentence);
    let place = words.iter().position(|word| word == plural || word == singular)?;
    let start = place.saturating_sub(3);
    let at = words[start..place].iter().rposition(|word| number(word).is_some())? + start;
    let before = &words[at.saturating_sub(2)..at];
    let is_limit = before.iter().any(|word| LIMITING.contains(&word.as_str()));
    // "Two examples for each use", but not "two uses, each with an example".
    let is_each = words.iter().enumerate().any(|(each, word)| match word.as_str() {
        "every" | "per" => true,
        "each" => {
            each < place || ["for", "to", "of", "in", "after"].contains(&words[each - 1].as_str())
        }
        _ => false,
    });
    let count = number(&words[at]).filter(|count| (1..=24).contains(count));
    count.filter(|_| !is_limit && !is_each).map(Wish::Count)
}

/// The wishes of a piece of feedback, at least one: what is not understood is kept in its own words.
pub(crate) fn find_in_feedback(feedback: &Feedback) -> Vec<Wish> {
    let mut wishes = about_span(feedback);
    // Feedback also asks for things by naming their opposite.
    let text = feedback.text.to_lowercase();
    for wish in all(&text, &COMPLAINTS).chain(find(&feedback.text)) {
        add(&mut wishes, wish);
    }
    if wishes.is_empty() {
        // Braces of a person are no variables of the prompt.
        let own_words = one_line(&feedback.text, 300).replace('{', "(").replace('}', ")");
        wishes.push(Wish::Other(closed(&own_words)));
    }
    wishes
}

fn add(wishes: &mut Vec<Wish>, wish: Wish) {
    if !wishes.contains(&wish) {
        wishes.push(wish);
    }
}

/// Feedback on the opening or the closing line that does not want it.
fn about_span(feedback: &Feedback) -> Vec<Wish> {
    let Some(span) = &feedback.span else { return Vec::new() };
    if !holds(&feedback.text.to_lowercase(), DROPS) {
        return Vec::new();
    }
    let passage = span.exact.to_lowercase();
    let opening = holds(&passage, OPENINGS).then_some(Wish::NoOpening);
    let closing = holds(&passage, CLOSINGS).then_some(Wish::NoClosing);
    opening.into_iter().chain(closing).collect()
}

fn in_sentence(sentence: &str) -> Vec<Wish> {
    let text = sentence.to_lowercase();
    let text = NO_WISHES.iter().fold(text, |text, words| text.replace(words, ""));
    let mut wishes: Vec<_> = all(&text, &SIGNS).collect();
    wishes.extend(first(&text, &LANGUAGES).map(Wish::Language));
    wishes.extend(first(&text, &REGISTERS).map(Wish::Register));
    wishes.extend(first(&text, &LAYOUTS).map(Wish::Layout));
    wishes.extend(limit(&text));
    wishes.extend(least(&text));
    wishes.extend(count(&text));
    wishes.extend(given_words(sentence, &text));
    if NEGATIONS.iter().any(|no| text.starts_with(no)) {
        // "No list" is the wish for running text.
        wishes.retain(|wish| wish.is_ban() || *wish == Wish::Layout(Layout::Prose));
    }
    wishes
}

/// "At most 50 words", "under 20 words", "two sentences at most". "For each" is not in total.
fn limit(text: &str) -> Option<Wish> {
    if !holds(text, LIMITS) || holds(text, "each|per ") {
        return None;
    }
    let words = words(text);
    words.windows(2).rev().find_map(|pair| {
        let count = number(&pair[0]).filter(|count| *count > 0)?;
        match pair[1].as_str() {
            "words" | "wörter" | "word" => Some(Wish::MaxWords(count)),
            "sentences" | "sätze" | "sentence" => Some(Wish::MaxSentences(count)),
            _ => None,
        }
    })
}

/// "At least 500 words", "a minimum of 200 words".
fn least(text: &str) -> Option<Wish> {
    let (_, rest) = text.split_once("at least ").or_else(|| text.split_once("minimum of "))?;
    let words = words(rest);
    let count = number(words.first()?).filter(|count| *count > 0)?;
    (words.get(1)? == "words").then_some(Wish::MinWords(count))
}

/// "Give exactly five uses": only this wording in a prompt, and "five instead of three" in feedback.
/// How many items a prompt asks for otherwise is read by [`crate::prompt`].
fn count(text: &str) -> Option<Wish> {
    let words = words(text);
    let place = words.iter().enumerate().find_map(|(place, word)| {
        let before = place.checked_sub(1).map(|before| words[before].as_str());
        let after = words.get(place + 1).map(String::as_str);
        let is_asked = matches!(before, Some("exactly" | "want" | "me" | "need" | "list"))
            || after == Some("instead");
        let is_limit = matches!(after, Some("words" | "sentences" | "word" | "sentence"));
        (is_asked && !is_limit && number(word).is_some()).then_some(place)
    })?;
    number(&words[place]).filter(|count| (1..=24).contains(count)).map(Wish::Count)
}

/// Wishes that name the words they are about.
fn given_words(sentence: &str, text: &str) -> Option<Wish> {
    let quote = quoted(sentence).map(|it| one_line(it, 100).replace(['{', '}'], ""));
    if let Some(quote) = &quote {
        if holds(text, "start with|begin with|starts with") {
            return Some(Wish::StartWith(quote.clone()));
        }
        if holds(text, "end with|finish with|close with") {
            return Some(Wish::EndWith(quote.clone()));
        }
    }
    let signs = [
        "not mention",
        "n't mention",
        "without mentioning",
        "never mention",
        "leave out the word",
        "avoid the word",
        "not use the word",
        "never use the word",
    ];
    let (place, sign) = signs.iter().find_map(|sign| Some((text.find(sign)?, *sign)))?;
    if let Some(quote) = quote {
        return Some(Wish::NoMention(quote));
    }
    let rest = text.get(place + sign.len()..)?;
    let rest = rest.split(['.', ',', ';', '!', '?', ':', '{', '(']).next()?.trim();
    let rest: Vec<_> = rest.split_whitespace().take(4).collect();
    (!rest.is_empty()).then(|| Wish::NoMention(rest.join(" ")))
}

#[cfg(test)]
mod tests {
    use align::Span;
    use expect_test::{Expect, expect};

    use super::*;

    fn check(feedback: &str, expected: &Expect) {
        expected.assert_eq(&format!("{:?}", find_in_feedback(&Feedback::whole(feedback))));
    }

    #[test]
    fn feedback_is_understood() {
        check(
            "None of the uses are creative. I want ones that surprise a maker, and no closing line.",
            &expect!["[Surprising, NoClosing]"],
        );
        check("Say it in one sentence each.", &expect!["[OneSentence]"]);
        check("Shorter, please.", &expect!["[Shorter]"]);
        check("More creative.", &expect!["[Surprising]"]);
        check("Write for experienced makers.", &expect!["[Register(Expert)]"]);
        check(
            "Too long and too obvious; at most 40 words.",
            &expect!["[Surprising, Shorter, MaxWords(40)]"],
        );
        check(
            "Please answer in German, as a table, and don't mention paper.",
            &expect![[r#"[Language(German), Layout(Table), NoMention("paper")]"#]],
        );
        check(
            "Start with \"Dear reader\" and use a more formal tone",
            &expect![[r#"[Register(Formal), StartWith("Dear reader")]"#]],
        );
        check("I want five instead of three", &expect!["[Count(5)]"]);
        check("Boring!", &expect!["[Surprising]"]);
    }

    #[test]
    fn what_is_not_understood_is_kept_without_braces() {
        check("Think of {my} cat", &expect![[r#"[Other("Think of (my) cat.")]"#]]);
    }

    #[test]
    fn a_span_tells_which_line_is_meant() {
        let span = |exact: &str| {
            let exact = exact.to_owned();
            Some(Span { exact, prefix: String::new(), suffix: String::new() })
        };
        let closing = Feedback { text: "Drop this.".into(), span: span("Let me know if") };
        assert_eq!(find_in_feedback(&closing), [Wish::NoClosing]);
        let opening = Feedback { text: "not needed".into(), span: span("Here are three uses") };
        assert_eq!(find_in_feedback(&opening), [Wish::NoOpening]);
    }
}
