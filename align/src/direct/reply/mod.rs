//! Reads what an alignment model answered, in whatever shape it comes.

mod bare;
mod conflicts;
mod json;
mod parts;
mod tagged;
mod tidy;
mod traces;

use self::parts::Parts;
use super::finding::{Finding, FindingKind};
use super::followed::{not_shown, recheck};
use super::outcome::Unusable;
use super::request::Request;
use super::section::{NAMES, Scan};
use crate::exchange::thoughts::{self, Thoughts};
use crate::model::FinishReason;
use crate::prompt::Prompt;
use crate::record::{Proposal, Trace};

/// Reads a complete reply to `request` and holds its draft against the rewrite contract.
///
/// Tags with the mark are trusted most; then JSON, tags without the mark, a fenced block, and at last
/// plain text that is plainly a version of the prompt.
pub fn read_reply(
    request: &Request<'_>,
    reply: &str,
    finish: FinishReason,
) -> Result<Proposal, Unusable> {
    let is_cut = finish == FinishReason::Length;
    match parts_of(request, reply) {
        Ok(parts) => proposal(request, parts, is_cut),
        Err(Unusable::Empty | Unusable::NoPrompt) if is_cut => Err(Unusable::CutShort),
        Err(unusable) => Err(unusable),
    }
}

/// Tries the shapes of replies, the most certain first.
fn parts_of(request: &Request<'_>, reply: &str) -> Result<Parts, Unusable> {
    let (base, mark) = (request.prompt, request.safe_mark());
    let Thoughts { body, is_unclosed } = thoughts::said(reply, &mark)?;
    let scan = Scan::new(body, NAMES, Some(&mark));
    let found = tagged::read_marked(&scan)
        .or_else(|| json::read_whole(body, base))
        .or_else(|| tagged::read_unmarked(&scan, base))
        .or_else(|| json::read_embedded(body));
    match found {
        Some(parts) => Ok(parts),
        None if is_unclosed => Err(Unusable::OnlyThoughts),
        None => bare::read(body, base),
    }
}

fn proposal(request: &Request<'_>, parts: Parts, is_cut: bool) -> Result<Proposal, Unusable> {
    let base = request.prompt;
    let parts = without_echoes(request, parts)?;
    // A model may name its tags; the mark means nothing to people.
    let without_mark = |text: &str| text.trim().replace(&format!("-{}", request.safe_mark()), "");
    let (diagnosis, rationale) = (without_mark(&parts.diagnosis), without_mark(&parts.rationale));
    if is_cut && parts.text.is_none() && parts.no_change.is_none() {
        return Err(Unusable::CutShort);
    }
    let traces = traces::read(request, &parts.followed);
    let conflicts = conflicts::read(request, &parts.conflicts);
    let Some(draft) = draft(base, &parts) else {
        if !conflicts.is_empty() {
            return Ok(Proposal { diagnosis, conflicts, ..unchanged(base, &rationale) });
        }
        return match parts.no_change {
            Some(reason) => {
                let reason = if reason.is_empty() { rationale } else { reason };
                Ok(Proposal { diagnosis, ..as_it_is(request, &reason, traces) })
            }
            None => Err(Unusable::NoPrompt),
        };
    };
    let is_cut = parts.is_open && is_cut;
    if draft == *base && !is_cut {
        let reason =
            if rationale.is_empty() { parts.no_change.unwrap_or_default() } else { rationale };
        return Ok(Proposal { diagnosis, conflicts, ..as_it_is(request, &reason, traces) });
    }
    let mut findings = recheck(request, &draft, &traces);
    if is_cut && !findings.iter().any(|it| it.kind == FindingKind::CutShort) {
        findings.push(Finding::new(
            FindingKind::CutShort,
            "The draft stops in the middle: the reply was cut off.",
        ));
    }
    let unchanged = false;
    Ok(Proposal { prompt: draft, diagnosis, rationale, unchanged, findings, traces, conflicts })
}

/// The parts that are the model's own: small models repeat what the instructions say about a part in its
/// place.
fn without_echoes(request: &Request<'_>, parts: Parts) -> Result<Parts, Unusable> {
    let is_own = |text: &String| !request.is_echo(text);
    if parts.text.as_ref().is_some_and(|text| !is_own(text)) {
        return Err(Unusable::Echo);
    }
    let own = |text: String| if is_own(&text) { text } else { String::new() };
    Ok(Parts {
        diagnosis: own(parts.diagnosis),
        rationale: own(parts.rationale),
        system_instructions: parts.system_instructions.filter(is_own),
        no_change: parts.no_change.filter(is_own),
        ..parts
    })
}

/// The draft: what the reply revises, and everything else as in the base.
fn draft(base: &Prompt, parts: &Parts) -> Option<Prompt> {
    let mut draft = base.clone();
    let system = parts.system_instructions.as_deref().filter(|it| !parts::means_same(it));
    if let Some(system) = system {
        draft.system_instructions = tidy::tidy(system, &base.system_instructions);
    }
    match &parts.text {
        Some(text) => draft.text = tidy::tidy(text, &base.text),
        None if system.is_none() => return None,
        None => {}
    }
    Some(draft)
}

/// Nothing needs to change. A model that shows where some guidelines are followed, and not the others,
/// leaves those in doubt.
fn as_it_is(request: &Request<'_>, reason: &str, traces: Vec<Trace>) -> Proposal {
    let base = request.prompt;
    let findings = if traces.is_empty() { Vec::new() } else { not_shown(request, base, &traces) };
    Proposal { findings, traces, ..unchanged(base, reason) }
}

fn unchanged(base: &Prompt, reason: &str) -> Proposal {
    Proposal {
        prompt: base.clone(),
        diagnosis: String::new(),
        rationale: without_verdict(reason).to_owned(),
        unchanged: true,
        findings: Vec::new(),
        traces: Vec::new(),
        conflicts: Vec::new(),
    }
}

/// The reason alone: that nothing needs to change is said by what it is the reason for.
fn without_verdict(rationale: &str) -> &str {
    const VERDICT: &str = "nothing needs to change";
    let is_verdict = |said: &str| said.eq_ignore_ascii_case(VERDICT);
    match rationale.split_at_checked(VERDICT.len()) {
        Some((said, reason)) if is_verdict(said) => reason.trim_start_matches([':', '.', ',', ' ']),
        _ => rationale,
    }
}

#[cfg(test)]
mod tests {
    use super::without_verdict;

    #[test]
    fn a_reason_does_not_repeat_what_it_is_the_reason_for() {
        let check = |said: &str, reason: &str| assert_eq!(without_verdict(said), reason);
        check("Nothing needs to change: it asks for that.", "it asks for that.");
        check("Nothing needs to change.", "");
        check("It asks for that.", "It asks for that.");
        check("Nothing", "Nothing");
    }
}
