//! Tells an answer from words of our own instructions, which small models repeat instead of following.

use std::collections::HashSet;

use crate::words::lower_words;

/// The fewest words of a sentence that nobody writes by coincidence.
const WORDS: usize = 3;

/// Words that are compared at once in a longer text, and the fewest of such a text.
const GRAM: usize = 4;
const LONG: usize = 2 * GRAM;

/// Whether `text` repeats `instructions`: for the most part, or in a line that is one of their sentences.
/// What is `known` from elsewhere, such as a prompt about prompts, may be repeated.
pub(crate) fn is_echo(text: &str, instructions: &str, known: &str) -> bool {
    if text.trim().is_empty() {
        return false;
    }
    let (known, sentences) = (lower_words(known), sentences(instructions));
    let is_told = |line: &Vec<String>| sentences.contains(line) && !holds(&known, line);
    is_mostly(&lower_words(text), &lower_words(instructions), &known)
        || text.lines().map(lower_words).any(|line| is_told(&line))
}

fn holds(text: &[String], words: &[String]) -> bool {
    text.windows(words.len()).any(|window| window == words)
}

/// Whether half of the word runs of a text or more are told and not known.
fn is_mostly(words: &[String], told: &[String], known: &[String]) -> bool {
    let (told, known) = (grams(told), grams(known));
    let repeated =
        words.windows(GRAM).filter(|it| told.contains(it) && !known.contains(it)).count();
    words.len() >= LONG && 2 * repeated >= words.windows(GRAM).count()
}

fn grams(words: &[String]) -> HashSet<&[String]> {
    words.windows(GRAM).collect()
}

/// The sentences of the instructions, which end with a full stop or a colon, and their lines.
fn sentences(instructions: &str) -> HashSet<Vec<String>> {
    let lines = instructions.lines();
    let parts = lines.clone().flat_map(|line| line.split(". ").chain(line.split(": ")));
    lines.chain(parts).map(lower_words).filter(|words| words.len() >= WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSTRUCTIONS: &str = "You revise prompts for language models.\n\nThe complete revised prompt. Leave out nothing.\n";

    #[test]
    fn our_own_words_are_no_answer() {
        let check = |text: &str, known: &str, expected| {
            assert_eq!(is_echo(text, INSTRUCTIONS, known), expected, "{text:?}");
        };
        check("The complete revised prompt.", "", true);
        check("*the complete revised prompt*", "", true);
        check("Give uses for {item}.\nThe complete revised prompt.", "Give uses for {item}.", true);
        check("You revise prompts for language models. And so:", "", true);
        check("Leave out nothing", "", true);
        check("revise prompts for language models", "", false);
        check("The prompt", "", false);
        check("Give three uses for {item}.", "", false);
        check("The complete revised prompt comes in two parts, each with a title.", "", false);
        check("The complete revised prompt.", "Write: the complete revised prompt.", false);
        check("", "", false);
    }
}
