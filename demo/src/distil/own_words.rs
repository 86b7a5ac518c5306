//! A person's own sentence as a guideline: what was wrong becomes what should be.

use align::{Feedback, Values};

use crate::text::{capitalized, closed, one_line};
use crate::wish::{DROPS, holds};

/// The longest guideline made of own words, in characters.
const LIMIT: usize = 300;

/// Politeness before what is meant.
const LEADS: [&str; 15] = [
    "please ",
    "could you ",
    "can you ",
    "you should ",
    "you could ",
    "you need to ",
    "you must ",
    "i would like you to ",
    "i'd like you to ",
    "i want you to ",
    "it would be nice to ",
    "it would be better to ",
    "it would be good to ",
    "next time, ",
    "maybe ",
];

/// Praise before what is praised.
const PRAISE: [&str; 10] = [
    "i really like that ",
    "i like that ",
    "i love that ",
    "i like how ",
    "i love how ",
    "good that ",
    "great that ",
    "nice that ",
    "it is good that ",
    "i like it that ",
];

/// How sentences begin that name what is missing; what follows is what to do.
const LACKS: [&str; 12] = [
    "it does not ",
    "it doesn't ",
    "it did not ",
    "it didn't ",
    "the output does not ",
    "the output doesn't ",
    "the answer does not ",
    "the answer doesn't ",
    "this does not ",
    "this doesn't ",
    "you did not ",
    "you didn't ",
];

/// What a sentence begins with, and what its guideline begins with instead.
const INSTEAD: [(&str, &str); 15] = [
    ("there is no need to ", "Do not "),
    ("there's no need to ", "Do not "),
    ("no need to ", "Do not "),
    ("no need for ", "Do without "),
    ("stop ", "Do without "),
    ("there is no ", "Include a "),
    ("there are no ", "Include "),
    ("i want it to ", "The output should "),
    ("i'd like it to ", "The output should "),
    ("it should ", "The output should "),
    ("this should ", "The output should "),
    ("i want ", "Give "),
    ("i would like ", "Give "),
    ("i'd like ", "Give "),
    ("i miss ", "Include "),
];

/// The guideline that a piece of feedback asks for. A value of this run is called by the name of its
/// variable, so that the guideline holds for others too.
pub(super) fn guideline(feedback: &Feedback, values: &Values) -> String {
    let text = one_line(&feedback.text, LIMIT).replace('’', "'").replace(['{', '}'], "");
    let text = without_values(&text, values);
    if feedback.span.is_some() && holds(&text.to_lowercase(), DROPS) && is_short(&text) {
        return "Leave out remarks that say nothing new.".to_owned();
    }
    let text = LEADS.iter().fold(text, |text, lead| without_start(&text, lead).unwrap_or(text));
    if let Some(praised) = PRAISE.iter().find_map(|praise| without_start(&text, praise)) {
        return closed(&format!("Keep this: {praised}"));
    }
    if let Some(deed) = LACKS.iter().find_map(|lack| without_start(&text, lack)) {
        return closed(&capitalized(&deed));
    }
    if let Some(quality) = without_start(text.trim_start_matches("It is "), "too ") {
        return closed(&format!("Be less {}", quality.trim_end_matches(['.', '!'])));
    }
    let instead = INSTEAD.iter().find_map(|(start, instead)| {
        without_start(&text, start).map(|rest| format!("{instead}{rest}"))
    });
    closed(&capitalized(instead.as_deref().unwrap_or(&text)))
}

/// "Drop this." is clear on the page, and not in a guideline.
fn is_short(text: &str) -> bool {
    text.split_whitespace().count() <= 4
}

fn without_start(text: &str, start: &str) -> Option<String> {
    let beginning = text.get(..start.len())?;
    beginning.eq_ignore_ascii_case(start).then(|| text[start.len()..].to_owned())
}

/// The text with "the item" in the place of the value of `{item}`.
fn without_values(text: &str, values: &Values) -> String {
    let long = values.iter().filter(|(_, value)| value.trim().chars().count() > 2);
    long.fold(text.to_owned(), |text, (name, value)| {
        let name = format!("the {}", name.replace('_', " "));
        let value = value.trim();
        [value.to_owned(), capitalized(value)]
            .iter()
            .fold(text, |text, value| replace_words(&text, value, &name))
    })
}

/// Replaces whole words only.
fn replace_words(text: &str, words: &str, new: &str) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(place) = rest.find(words) {
        let (before, after) = (&rest[..place], &rest[place + words.len()..]);
        let is_whole =
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        replaced += before;
        replaced += if is_whole { new } else { words };
        rest = after;
    }
    replaced + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_become_guidelines() {
        let values = Values::from([("item".to_owned(), "scissors".to_owned())]);
        let check = |text: &str, expected: &str| {
            assert_eq!(guideline(&Feedback::whole(text), &values), expected);
        };
        check("Think of left-handed people", "Think of left-handed people.");
        check("please think of left-handed people!", "Think of left-handed people!");
        check("It doesn't say what it costs", "Say what it costs.");
        check("The answer should name a price.", "The answer should name a price.");
        check("It should rhyme", "The output should rhyme.");
        check("There are no prices", "Include prices.");
        check("Too sarcastic!", "Be less sarcastic.");
        check("I like that each one rhymes", "Keep this: each one rhymes.");
        check("Scissors need {care}", "The item need care.");
        check("scissorsmiths say so", "Scissorsmiths say so.");
        check("No need to rhyme.", "Do not rhyme.");
    }
}
