//! The demo model as rewriter: turns feedback and guidelines into instructions and puts each where a
//! reader would look for it.

mod conflict;
mod count;
mod demand;
mod draft;
mod place;
mod variant;

use align::direct::{Followed, ReadRequest};

use self::demand::Demand;
use self::draft::Draft;
use super::wish::{Things, Wish};

/// The reply to a request for a rewrite.
pub(super) fn reply(request: &ReadRequest) -> String {
    let demands = demand::all(request);
    let mut draft = Draft::new(request);
    let conflicts = conflict::all(&demands, draft.things());
    if !conflicts.is_empty() {
        return request.conflicts(&conflicts);
    }
    let mut followed: Vec<(Followed, String)> = Vec::new();
    for demand in &demands {
        let words = match demand.overruled(&demands) {
            Some(newer) => {
                vec![format!(
                    "not followed, since the feedback asks for {}",
                    newer.summary(draft.things())
                )]
            }
            None => draft.follow(demand),
        };
        followed.extend(words.into_iter().map(|words| (demand.source, words)));
    }
    let diagnosis = diagnosis(&demands, &draft);
    let rationale = rationale(request, &demands, &draft);
    let (system, text) = draft.finish();
    let is_same = system == request.material.system_instructions && text == request.material.text;
    if is_same && text.trim().is_empty() {
        return request.no_change(&rationale);
    }
    let system = Some(system).filter(|system| *system != request.material.system_instructions);
    let followed: Vec<_> = followed.iter().map(|(it, words)| (*it, words.as_str())).collect();
    request.reply(&diagnosis, &rationale, system.as_deref(), &text, &followed)
}

/// What each demand wants that the prompt did not ask for.
fn diagnosis(demands: &[Demand], draft: &Draft<'_>) -> String {
    let parts = demands.iter().filter_map(|demand| {
        let new = draft.new_wishes().filter(|wish| demand.wishes.contains(wish));
        let wish = summary(new, draft.things());
        let label = demand.source.label();
        let lines = format!("{label}\nCause: Nothing in the prompt asks for it.\nWish: {wish}");
        (!wish.is_empty()).then_some(lines)
    });
    parts.collect::<Vec<_>>().join("\n")
}

fn rationale(request: &ReadRequest, demands: &[Demand], draft: &Draft<'_>) -> String {
    let things = draft.things();
    if draft.is_unchanged() {
        let wishes = demands.iter().flat_map(|demand| &demand.wishes);
        return format!("The prompt already asks for {}.", summary(wishes, things));
    }
    let asks = match (request.feedback.is_empty(), request.guidelines.is_empty()) {
        (_, true) => "Your feedback asks",
        (true, false) => "Your guidelines ask",
        (false, false) => "Your feedback and guidelines ask",
    };
    let asked = summary(draft.new_wishes(), things);
    format!("{asks} for {asked}, so the prompt now says it plainly.")
}

/// Each wish once: "a table, reasons and no closing line".
fn summary<'a>(wishes: impl Iterator<Item = &'a Wish>, things: &Things) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in wishes.map(|wish| wish.summary(things)) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    match parts.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
