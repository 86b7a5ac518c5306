//! What a rewrite has to meet: pieces of feedback and guidelines, with the wishes found in each.

use align::direct::{Followed, ReadRequest};

use crate::text::{closed, one_line};
use crate::wish::{Wish, find_in_feedback, find_in_guideline};

/// One piece of feedback, or one guideline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Demand {
    pub(super) source: Followed,
    /// At least one.
    pub(super) wishes: Vec<Wish>,
    /// Its own words on one line, without braces, which would be variables.
    pub(super) words: String,
}

impl Demand {
    /// Whether its own words are the instruction: a guideline is written to be one.
    pub(super) fn is_guideline(&self) -> bool {
        matches!(self.source, Followed::Guideline(_))
    }

    /// Whether a guideline has several parts: whoever meets one of them has not met the others.
    pub(super) fn has_parts(&self) -> bool {
        let words = self.words.trim_end_matches('.');
        let words = ["Start with ", "Begin with ", "End with "]
            .iter()
            .fold(words, |words, start| words.strip_prefix(start).unwrap_or(words));
        let joints = [". ", ", ", "; ", ": ", " and ", " but ", " or ", " with "];
        self.is_guideline() && joints.iter().any(|joint| words.contains(joint))
    }

    /// The wish of some feedback that this guideline stands against: what was said last counts.
    pub(super) fn overruled<'a>(&self, all: &'a [Self]) -> Option<&'a Wish> {
        let feedback = all.iter().filter(|demand| !demand.is_guideline());
        let mut newer = feedback.flat_map(|demand| &demand.wishes);
        newer.find(|newer| self.is_guideline() && self.wishes.iter().any(|it| newer.excludes(it)))
    }
}

/// All demands, feedback first. Of feedback that excludes earlier feedback, the later counts.
pub(super) fn all(request: &ReadRequest) -> Vec<Demand> {
    let mut demands: Vec<Demand> = Vec::new();
    for (place, feedback) in request.feedback.iter().enumerate() {
        let mut wishes: Vec<Wish> = Vec::new();
        for wish in find_in_feedback(feedback) {
            for older in demands.iter_mut().map(|demand| &mut demand.wishes) {
                older.retain(|older| !wish.replaces(older));
            }
            wishes.retain(|older| !wish.replaces(older));
            wishes.push(wish);
        }
        let words = own_words(&feedback.text);
        demands.push(Demand { source: Followed::Feedback(place), wishes, words });
    }
    for (place, text) in request.guidelines.iter().enumerate() {
        let words = own_words(text);
        let mut wishes = find_in_guideline(&words);
        if wishes.is_empty() {
            wishes.push(Wish::Other(words.clone()));
        }
        demands.push(Demand { source: Followed::Guideline(place), wishes, words });
    }
    demands
}

fn own_words(text: &str) -> String {
    closed(&one_line(text, 500).replace('{', "(").replace('}', ")"))
}
