//! Critiques that no longer want what a guideline demands.

use align::Feedback;
use align::guidelines::ReadDistil;

use crate::text::words;
use crate::wish::{Wish, find, holds};

/// Words that drop something.
const SIGNS: &str = "no need|no longer|any more|anymore|stop |don't need|do not need|not necessary|\
                     unnecessary|need not|don't have to|do not have to|drop |please remove|skip ";

/// Words that say nothing of what is dropped.
const EMPTY: [&str; 47] = [
    "the",
    "a",
    "an",
    "to",
    "of",
    "in",
    "it",
    "is",
    "for",
    "and",
    "or",
    "i",
    "you",
    "we",
    "that",
    "this",
    "these",
    "any",
    "more",
    "anymore",
    "no",
    "need",
    "longer",
    "stop",
    "do",
    "not",
    "don't",
    "each",
    "with",
    "please",
    "use",
    "using",
    "write",
    "have",
    "drop",
    "want",
    "uses",
    "steps",
    "step",
    "ingredients",
    "ingredient",
    "ideas",
    "idea",
    "items",
    "item",
    "answer",
    "output",
];

/// The place of the guideline that the critique contradicts.
pub(super) fn guideline(request: &ReadDistil, feedback: &Feedback) -> Option<usize> {
    let text = feedback.text.to_lowercase().replace('’', "'");
    if !holds(&text, SIGNS) {
        return None;
    }
    let said = telling(&text);
    // "No need for emoji" names emoji; the negation is seen above.
    let named = find(&format!("About {text}"));
    request.guidelines.iter().position(|guideline| {
        let demanded = find(guideline);
        if demanded.iter().any(Wish::is_ban) {
            return false;
        }
        let shared = telling(guideline).iter().filter(|word| said.contains(word)).count();
        demanded.iter().any(|wish| named.contains(wish)) || (shared > 0 && shared * 2 >= said.len())
    })
}

/// The words of a text that tell something, without their endings.
fn telling(text: &str) -> Vec<String> {
    let words = words(text).into_iter().filter(|word| !EMPTY.contains(&word.as_str()));
    words.map(|word| word.trim_end_matches("ing").trim_end_matches('s').to_owned()).collect()
}
