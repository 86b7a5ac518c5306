//! Which words of a draft follow which feedback or guideline, as a reply says.

use crate::direct::request::Request;
use crate::exchange::label::Kind;
use crate::record::{Source, Trace};

/// How a reply says that it did not follow a guideline.
const NOT: [&str; 6] = ["not followed", "not reflected", "not met", "none", "n/a", "conflict"];

/// Reads lines such as `G1: "the exact words"`. Lines about things that were not offered, and words
/// that are neither in the draft nor in its base, are checked by [`recheck`](crate::direct::recheck) and
/// by whoever shows them.
pub(super) fn read(request: &Request<'_>, lines: &str) -> Vec<Trace> {
    lines.lines().filter_map(|line| trace(request, line)).collect()
}

fn trace(request: &Request<'_>, line: &str) -> Option<Trace> {
    let (label, quote) = line.split_once(':')?;
    let quote = quote.trim().trim_matches(['"', '“', '”', '`', '*']).trim();
    let starts = quote.to_lowercase();
    if quote.is_empty() || NOT.iter().any(|not| starts.starts_with(not)) {
        return None;
    }
    Some(Trace { source: source(request, label)?, quote: quote.to_owned() })
}

fn source(request: &Request<'_>, label: &str) -> Option<Source> {
    if let Some(place) = Kind::Guideline.place(label) {
        return request.guidelines.get(place).map(|it| Source::Guideline(it.id));
    }
    let place = Kind::Feedback.place(label).filter(|place| *place < request.feedback.len())?;
    Some(Source::Feedback(u32::try_from(place).ok()?))
}
