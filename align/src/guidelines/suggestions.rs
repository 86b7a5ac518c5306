//! The statements of a reply, in whatever shape it comes: tags, JSON, or a list.

use serde_json::Value;

use super::outcome::Unusable;
use super::suggest::Suggest;
use super::text::{is_item, is_same, statement};
use crate::exchange::chatter::{is_closing_line, is_opening_line, refusal};
use crate::exchange::scan::{Scan, Trust, Vocabulary};
use crate::exchange::thoughts::{self, Thoughts};
use crate::exchange::{echo, fenced, tags};
use crate::model::FinishReason;

/// How many suggestions a person is shown.
const COUNT: usize = 3;

/// The longest suggestion, in characters. Longer ones are no chips.
const MAX_CHARACTERS: usize = 300;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Suggestion;

const NAMES: Vocabulary<Suggestion> =
    &[(Suggestion, &[tags::SUGGESTION, "statement", "critique", "kudos", "item"])];

/// Reads a complete reply to `request` into at most three distinct statements, none of which was said
/// already.
pub fn read_suggestions(
    request: &Suggest<'_>,
    reply: &str,
    finish: FinishReason,
) -> Result<Vec<String>, Unusable> {
    let mark = request.safe_mark();
    let Thoughts { body, is_unclosed } = thoughts::said(reply, &mark)?;
    let is_cut = finish == FinishReason::Length;
    let scan = Scan::new(body, NAMES, Some(&mark));
    let tagged = all_tagged(&scan, is_cut);
    // Thoughts that never end are no list, whatever they look like.
    let found = if tagged.is_empty() && !is_unclosed { listed(body, is_cut) } else { tagged };
    let found = distinct(&found, request);
    if !found.is_empty() {
        return Ok(found);
    }
    Err(match refusal(body) {
        Some(sentence) => Unusable::Refusal(sentence),
        None if is_unclosed => Unusable::OnlyThoughts,
        None if is_cut => Unusable::CutShort,
        None => Unusable::NoSuggestions,
    })
}

/// What stands in the tags that are trusted most.
fn all_tagged(scan: &Scan<'_, Suggestion>, is_cut: bool) -> Vec<String> {
    let mut found =
        [Trust::Marked, Trust::Name, Trust::Alias].map(|trust| tagged(scan, trust, is_cut));
    let first = found.iter_mut().find(|found| !found.is_empty());
    first.map(std::mem::take).unwrap_or_default()
}

/// What stands in JSON or in a list, the last left out where it may have been cut in the middle.
fn listed(body: &str, is_cut: bool) -> Vec<String> {
    let mut found = in_json(body).unwrap_or_else(|| in_list(body));
    if is_cut {
        found.pop();
    }
    found
}

/// What stands in tags. One that never ends goes on to the next.
fn tagged(scan: &Scan<'_, Suggestion>, trust: Trust, is_cut: bool) -> Vec<String> {
    let tags: Vec<_> = scan.of(Suggestion, trust).collect();
    let contents = tags.iter().enumerate().filter(|(_, tag)| !tag.is_closing);
    let contents = contents.filter_map(|(place, open)| match tags.get(place + 1) {
        Some(next) => Some(&scan.text[open.end..next.start]),
        None if is_cut => None,
        None => Some(&scan.text[open.end..]),
    });
    contents.map(str::to_owned).collect()
}

/// An array of strings, or the first such array in an object.
fn in_json(body: &str) -> Option<Vec<String>> {
    let body = fenced::unwrap(body).unwrap_or(body).trim();
    let value: Value = serde_json::from_str(body).ok()?;
    let array = match &value {
        Value::Array(array) => array,
        Value::Object(object) => object.values().find_map(Value::as_array)?,
        _ => return None,
    };
    let texts = array.iter().filter_map(|item| match item {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => object.values().find_map(Value::as_str).map(str::to_owned),
        _ => None,
    });
    Some(texts.collect())
}

/// The items of a list; where there are no bullets, every line but chatter.
fn in_list(body: &str) -> Vec<String> {
    let body = fenced::unwrap(body).unwrap_or(body);
    if refusal(body).is_some() {
        return Vec::new();
    }
    let lines = body.lines().filter(|line| !line.trim().is_empty());
    if body.lines().any(is_item) {
        return lines.filter(|line| is_item(line)).map(str::to_owned).collect();
    }
    let is_said = |line: &&str| {
        !is_opening_line(line) && !is_closing_line(line) && !line.trim().ends_with(':')
    };
    lines.filter(is_said).map(str::to_owned).collect()
}

/// The first statements that say something of their own.
fn distinct(found: &[String], request: &Suggest<'_>) -> Vec<String> {
    let instructions = request.instructions();
    let mut distinct: Vec<String> = Vec::new();
    for text in found.iter().map(|text| statement(text)) {
        let length = text.chars().count();
        let is_known = request.said.iter().any(|known| is_same(known, &text))
            || distinct.iter().any(|known| is_same(known, &text));
        let is_said = refusal(&text).is_none() && !echo::is_echo(&text, &instructions, "");
        if length > 0 && length <= MAX_CHARACTERS && !is_known && is_said {
            distinct.push(text);
        }
    }
    distinct.truncate(COUNT);
    distinct
}
