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
use super::followed::recheck;
use super::outcome::Unusable;
use super::request::Request;
use super::section::{NAMES, Scan};
use crate::exchange::thoughts::{self, Thoughts};
use crate::model::FinishReason;
use crate::prompt::Prompt;
use crate::record::Proposal;

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
    // A model may name its tags; the mark means nothing to people.
    let rationale = parts.rationale.trim().replace(&format!("-{}", request.safe_mark()), "");
    if is_cut && parts.text.is_none() && parts.no_change.is_none() {
        return Err(Unusable::CutShort);
    }
    let traces = traces::read(request, &parts.followed);
    let conflicts = conflicts::read(request, &parts.conflicts);
    let Some(draft) = draft(base, &parts) else {
        if !conflicts.is_empty() {
            return Ok(Proposal { conflicts, ..unchanged(base, rationale) });
        }
        return match parts.no_change {
            Some(reason) => Ok(unchanged(base, if reason.is_empty() { rationale } else { reason })),
            None => Err(Unusable::NoPrompt),
        };
    };
    let is_cut = parts.is_open && is_cut;
    if draft == *base && !is_cut {
        let reason =
            if rationale.is_empty() { parts.no_change.unwrap_or_default() } else { rationale };
        return Ok(Proposal { traces, conflicts, ..unchanged(base, reason) });
    }
    let mut findings = recheck(request, &draft, &traces);
    if is_cut && !findings.iter().any(|it| it.kind == FindingKind::CutShort) {
        findings.push(Finding::new(
            FindingKind::CutShort,
            "The draft stops in the middle: the reply was cut off.",
        ));
    }
    Ok(Proposal { prompt: draft, rationale, unchanged: false, findings, traces, conflicts })
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

fn unchanged(base: &Prompt, rationale: String) -> Proposal {
    Proposal {
        prompt: base.clone(),
        rationale,
        unchanged: true,
        findings: Vec::new(),
        traces: Vec::new(),
        conflicts: Vec::new(),
    }
}
