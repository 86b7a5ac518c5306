//! The parts of a distillation's reply, in whatever shape it comes: tags, JSON, or labelled lines.

use serde_json::{Map, Value};

use crate::exchange::mark::Mark;
use crate::exchange::scan::{Scan, Trust, Vocabulary};
use crate::exchange::{fenced, json, tags};

/// One part of the reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Decision,
    Target,
    Guideline,
    Reason,
}

const NAMES: Vocabulary<Part> = &[
    (Part::Decision, &[tags::DECISION, "action", "operation"]),
    (Part::Target, &[tags::TARGET, "guideline_id", "target_guideline", "id"]),
    (Part::Guideline, &[tags::GUIDELINE, "new_guideline", "guideline_text", "text", "principle"]),
    (Part::Reason, &[tags::REASON, "rationale", "explanation"]),
];

/// What the parts hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) decision: String,
    pub(super) target: String,
    pub(super) guideline: String,
    pub(super) reason: String,
    /// The reply may have gone on: its last part is not closed.
    pub(super) is_open: bool,
}

/// Finds the parts in a reply without thoughts; `None` if no decision is in it.
pub(super) fn find(body: &str, mark: &Mark) -> Option<Answer> {
    let scan = Scan::new(body, NAMES, Some(mark));
    tagged(&scan, Trust::Marked)
        .or_else(|| whole_object(body))
        .or_else(|| tagged(&scan, Trust::Name))
        .or_else(|| tagged(&scan, Trust::Alias))
        .or_else(|| embedded_object(body))
        .or_else(|| labelled(body))
        .filter(|answer| !answer.decision.is_empty())
}

fn tagged(scan: &Scan<'_, Part>, trust: Trust) -> Option<Answer> {
    if !scan.has(Part::Decision, trust) {
        return None;
    }
    let mut is_open = false;
    let mut text = |part| {
        let content = scan.last(part, trust)?;
        is_open |= content.is_open;
        Some(content.text.trim().to_owned())
    };
    Some(Answer {
        decision: text(Part::Decision).unwrap_or_default(),
        target: text(Part::Target).unwrap_or_default(),
        guideline: text(Part::Guideline).unwrap_or_default(),
        reason: text(Part::Reason).unwrap_or_default(),
        is_open,
    })
}

fn whole_object(body: &str) -> Option<Answer> {
    let body = fenced::unwrap(body).unwrap_or(body).trim();
    json::parse(body).map(|object| from_object(&object))
}

/// Finds an object with a decision inside other text.
fn embedded_object(body: &str) -> Option<Answer> {
    let key = body.find("\"decision\"").or_else(|| body.find("\"action\""))?;
    let start = body[..key].rfind('{')?;
    let ends = body[start..].match_indices('}').take(8);
    let mut objects = ends.filter_map(|(end, _)| json::parse(&body[start..=start + end]));
    objects.next().map(|object| from_object(&object))
}

fn from_object(object: &Map<String, Value>) -> Answer {
    let text = |part| {
        let (_, names) = NAMES.iter().find(|(known, _)| *known == part)?;
        let value = names.iter().find_map(|name| object.get(*name))?;
        Some(value.as_str().map_or_else(|| plain(value), |text| text.trim().to_owned()))
    };
    Answer {
        decision: text(Part::Decision).unwrap_or_default(),
        target: text(Part::Target).unwrap_or_default(),
        guideline: text(Part::Guideline).unwrap_or_default(),
        reason: text(Part::Reason).unwrap_or_default(),
        is_open: false,
    }
}

/// A number or list stays what it is, so that it is seen to be no label; null is nothing.
fn plain(value: &Value) -> String {
    if value.is_null() { String::new() } else { value.to_string() }
}

/// Lines such as "Decision: add". What follows a label on further lines belongs to it.
fn labelled(body: &str) -> Option<Answer> {
    let mut answer = Answer { is_open: true, ..Answer::default() };
    let mut current: Option<Part> = None;
    for line in body.lines() {
        let (part, text) = match label_of(line) {
            Some((part, text)) => (Some(part), text),
            None => (current, line),
        };
        current = part;
        let Some(part) = part else { continue };
        let field = match part {
            Part::Decision => &mut answer.decision,
            Part::Target => &mut answer.target,
            Part::Guideline => &mut answer.guideline,
            Part::Reason => &mut answer.reason,
        };
        if !field.is_empty() {
            field.push('\n');
        }
        field.push_str(text.trim());
    }
    for field in [&mut answer.decision, &mut answer.target, &mut answer.guideline] {
        *field = field.trim().to_owned();
    }
    (!answer.decision.is_empty()).then_some(answer)
}

fn label_of(line: &str) -> Option<(Part, &str)> {
    let (label, text) = line.split_once(':')?;
    let label = label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace(' ', "_");
    let (part, _) = NAMES.iter().find(|(_, names)| names.contains(&label.as_str()))?;
    Some((*part, text.trim_start_matches(['*', ' '])))
}
