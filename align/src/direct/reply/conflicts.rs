//! Guidelines that a reply says cannot be followed together.

use crate::direct::request::Request;
use crate::exchange::label::Kind;
use crate::record::Conflict;

/// Reads lines such as "G1, G3: one wants it short, the other in full". A line that does not name at
/// least two guidelines that were offered says nothing that could be shown.
pub(super) fn read(request: &Request<'_>, lines: &str) -> Vec<Conflict> {
    lines.lines().filter_map(|line| conflict(request, line)).collect()
}

fn conflict(request: &Request<'_>, line: &str) -> Option<Conflict> {
    let (labels, reason) = line.split_once(':').unwrap_or((line, ""));
    let mut guidelines = Vec::new();
    for word in labels.split([',', ' ', '&', '+', '/']) {
        let place = Kind::Guideline.place(word);
        let known = place.and_then(|place| request.guidelines.get(place));
        guidelines.extend(known.map(|it| it.id).filter(|id| !guidelines.contains(id)));
    }
    let reason = reason.trim_matches(['*', ' ']).to_owned();
    (guidelines.len() >= 2).then_some(Conflict { guidelines, reason })
}
