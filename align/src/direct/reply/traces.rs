//! Which words of a draft follow which feedback or guideline, as a reply says.

use crate::direct::finding::{Finding, FindingKind};
use crate::direct::request::Request;
use crate::direct::trace::is_in;
use crate::exchange::label::Kind;
use crate::prompt::Prompt;
use crate::record::{Source, Trace};

/// How a reply says that it did not follow a guideline.
const NOT: [&str; 6] = ["not followed", "not reflected", "not met", "none", "n/a", "conflict"];

/// Reads lines such as `G1: "the exact words"`. Lines about things that were not offered, and words
/// that are neither in the draft nor in its base, are checked by [`not_followed`] and by whoever shows
/// them.
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

/// One finding for each guideline that the draft does not show. `traces` are those of the draft.
pub(super) fn not_followed(
    request: &Request<'_>,
    draft: &Prompt,
    traces: &[Trace],
) -> Vec<Finding> {
    let is_shown =
        |trace: &Trace| is_in(draft, &trace.quote) || is_in(request.prompt, &trace.quote);
    let missing = request.guidelines.iter().filter(|guideline| {
        let of = |trace: &&Trace| trace.source == Source::Guideline(guideline.id);
        !traces.iter().filter(of).any(is_shown)
    });
    let message = |text: &str| format!("The draft does not show where it follows “{text}”.");
    missing.map(|it| Finding::new(FindingKind::NotFollowed, message(it.text))).collect()
}
