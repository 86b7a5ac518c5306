//! Which guidelines a text follows, as far as the model showed where.

use super::finding::{Finding, FindingKind};
use super::request::Request;
use super::review::review;
use super::trace::is_in;
use crate::prompt::Prompt;
use crate::record::{GuidelineId, Source, Trace};

/// Holds `text` against the rewrite contract and against the guidelines of the request. Use it again on
/// a draft that a person edited or of which they left something out; `traces` are those of the draft.
pub fn recheck(request: &Request<'_>, text: &Prompt, traces: &[Trace]) -> Vec<Finding> {
    let mut findings = review(request.prompt, text, request);
    if text == request.prompt {
        return findings;
    }
    let missing = request.guidelines.iter().filter(|it| !is_shown(request, text, traces, it.id));
    let message = |text: &str| format!("The draft does not show where it follows “{text}”.");
    findings.extend(missing.map(|it| Finding::new(FindingKind::NotFollowed, message(it.text))));
    findings
}

/// The guidelines that `text` follows: those it is shown to follow, or all of them if the model did not
/// show anything.
pub fn followed(request: &Request<'_>, text: &Prompt, traces: &[Trace]) -> Vec<GuidelineId> {
    let ids = request.guidelines.iter().map(|guideline| guideline.id);
    ids.filter(|id| traces.is_empty() || is_shown(request, text, traces, *id)).collect()
}

/// Whether words that follow a guideline stand in `text`, or stood in the base.
fn is_shown(request: &Request<'_>, text: &Prompt, traces: &[Trace], id: GuidelineId) -> bool {
    let of = |trace: &&Trace| trace.source == Source::Guideline(id);
    let stands = |trace: &Trace| is_in(text, &trace.quote) || is_in(request.prompt, &trace.quote);
    traces.iter().filter(of).any(stands)
}
