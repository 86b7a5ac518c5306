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
    let mut findings = review(request.prompt, text, request, traces);
    if text == request.prompt {
        return findings;
    }
    findings.extend(not_shown(request, text, traces));
    findings
}

/// A finding for each guideline that `text` is not shown to follow.
pub(super) fn not_shown(request: &Request<'_>, text: &Prompt, traces: &[Trace]) -> Vec<Finding> {
    let missing = request.guidelines.iter().filter(|it| !is_shown(request, text, traces, it.id));
    let message = |text: &str| format!("The draft does not show where it follows “{text}”.");
    missing.map(|it| Finding::new(FindingKind::NotFollowed, message(it.text))).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::mark::Mark;
    use crate::guidelines::Offered;
    use crate::prompt::Values;

    /// The guidelines 1 and 2 that `text` follows, and how many it is found not to.
    fn check(text: &str, traces: &[(i64, &str)], expected: &[i64], missed: usize) {
        let base = Prompt::new("Give three uses for: {item}");
        let offered = [(1, "Surprise."), (2, "Be brief.")];
        let guidelines = offered.map(|(id, text)| Offered { id: GuidelineId(id), text });
        let (values, mark) = (Values::new(), Mark::from_bytes([1; 8]));
        let request = Request {
            prompt: &base,
            values: &values,
            output: None,
            feedback: &[],
            guidelines: &guidelines,
            variant: None,
            mark: &mark,
        };
        let trace = |(id, quote): &(i64, &str)| Trace {
            source: Source::Guideline(GuidelineId(*id)),
            quote: (*quote).to_owned(),
        };
        let traces: Vec<_> = traces.iter().map(trace).collect();
        let text = Prompt::new(text);
        let ids: Vec<_> = followed(&request, &text, &traces).iter().map(|id| id.0).collect();
        assert_eq!(ids, expected, "{text:?}");
        assert_eq!(recheck(&request, &text, &traces).len(), missed, "{text:?}");
    }

    #[test]
    fn a_guideline_is_followed_where_its_words_stand() {
        let new = "Give three surprising uses for: {item}";
        check(new, &[(1, "surprising")], &[1], 1);
        check(new, &[(1, "surprising"), (2, "Give three")], &[1, 2], 0);
        // Words that were left out or edited away follow nothing any more.
        check("Give three good uses for: {item}", &[(1, "surprising")], &[], 2);
        // A model that shows nothing may have followed all, but it is said.
        check(new, &[], &[1, 2], 2);
        check("Give three uses for: {item}", &[(1, "surprising")], &[], 0);
    }
}
