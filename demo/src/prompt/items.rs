//! What a prompt lists, and how many.

use super::form::{is_how_to, is_shopping, json_shape};
use crate::text::{bare, number, sentences, words};
use crate::wish::Things;

/// Words for things that come in lists, as plural and singular.
const ITEMS: [(&str, &str); 32] = [
    ("uses", "use"),
    ("ideas", "idea"),
    ("ways", "way"),
    ("tips", "tip"),
    ("reasons", "reason"),
    ("names", "name"),
    ("facts", "fact"),
    ("questions", "question"),
    ("examples", "example"),
    ("steps", "step"),
    ("titles", "title"),
    ("slogans", "slogan"),
    ("suggestions", "suggestion"),
    ("recommendations", "recommendation"),
    ("benefits", "benefit"),
    ("problems", "problem"),
    ("advantages", "advantage"),
    ("features", "feature"),
    ("topics", "topic"),
    ("activities", "activity"),
    ("gifts", "gift"),
    ("recipes", "recipe"),
    ("arguments", "argument"),
    ("options", "option"),
    ("headlines", "headline"),
    ("birds", "bird"),
    ("animals", "animal"),
    ("colours", "colour"),
    ("colors", "color"),
    ("fruits", "fruit"),
    ("cities", "city"),
    ("points", "point"),
];

/// What a prompt asks for, in the words of its instructions.
pub(crate) fn things(text: &str) -> Things {
    // Variables may stand where JSON has values.
    if json_shape(text).is_some() || (text.contains("JSON") && text.contains("\":")) {
        return Things::Json;
    }
    let items = items(text);
    items.map_or(Things::Answer, |(plural, singular)| Things::named(plural, singular))
}

/// What a prompt lists: "three uses" before "uses" before "a use". Many of the words are verbs, too.
pub(crate) fn items(text: &str) -> Option<(&'static str, &'static str)> {
    if is_shopping(text) {
        return Some(("ingredients", "ingredient"));
    }
    if is_how_to(text) {
        return Some(("steps", "step"));
    }
    let words = words(text);
    let is_counted = |place: usize| {
        let before = &words[place.saturating_sub(3)..place];
        before.iter().any(|word| number(word).is_some())
    };
    let find = |is_meant: &dyn Fn(usize, &str, &str) -> bool| {
        words.iter().enumerate().find_map(|(place, word)| {
            let known =
                ITEMS.iter().find(|(plural, singular)| word == plural || word == singular)?;
            is_meant(place, word, known.0).then_some(*known)
        })
    };
    let follows = |place: usize, articles: &[&str]| {
        place.checked_sub(1).is_some_and(|before| articles.contains(&words[before].as_str()))
    };
    find(&|place, word, plural| word == plural && is_counted(place))
        .or_else(|| find(&|_, word, plural| word == plural))
        .or_else(|| {
            find(&|place, word, plural| word != plural && follows(place, &["a", "an", "one"]))
        })
}

/// The number before the items: "three uses", "10 very good ideas", "a bird".
pub(super) fn count(text: &str, items: Option<(&str, &str)>) -> Option<usize> {
    let (items, singular) = items?;
    for sentence in sentences(text) {
        let words: Vec<_> = sentence.split_whitespace().map(bare).collect();
        let place = words.iter().position(|word| {
            let word = word.to_lowercase();
            word == items || word == singular
        });
        let Some(place) = place else { continue };
        let before = &words[place.saturating_sub(4)..place];
        if let Some(count) = before.iter().rev().find_map(|word| number(word)) {
            return Some(count);
        }
        if matches!(before.last(), Some(&("a" | "an"))) {
            return Some(1);
        }
    }
    None
}
