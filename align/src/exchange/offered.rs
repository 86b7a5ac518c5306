//! Guidelines as a request shows them.

use super::label::Kind;
use crate::record::GuidelineId;

/// A guideline that a reply may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered<'a> {
    /// The guideline.
    pub id: GuidelineId,
    /// What it says.
    pub text: &'a str,
}

/// The guidelines with their labels, one per line: a line break inside one would let it pose as
/// another.
pub(crate) fn list(guidelines: &[Offered<'_>]) -> String {
    if guidelines.is_empty() {
        return "(none)".to_owned();
    }
    let lines = guidelines.iter().enumerate().map(|(place, guideline)| {
        let words: Vec<_> = guideline.text.split_whitespace().collect();
        format!("{}: {}", Kind::Guideline.label(place), words.join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What the guidelines of a [`list`] say.
pub(crate) fn texts(list: &str) -> Vec<String> {
    let texts = list.lines().filter_map(|line| {
        let (label, text) = line.split_once(": ")?;
        Kind::Guideline.place(label).map(|_| text.to_owned())
    });
    texts.collect()
}
