//! Replies in tags, as we ask for them.

use super::parts::Parts;
use crate::direct::section::{NAMES, Scan, Section, Tag};
use crate::exchange::chatter::is_opening_line;
use crate::exchange::scan::Trust;
use crate::prompt::Prompt;

/// What stands in one section.
struct Content<'a> {
    text: &'a str,
    is_open: bool,
}

/// Reads sections whose tags carry the mark. Other tags are text then.
pub(super) fn read_marked(scan: &Scan<'_>) -> Option<Parts> {
    read(scan, Trust::Marked, false)
}

/// Reads sections whose tags lost the mark.
pub(super) fn read_unmarked(scan: &Scan<'_>, base: &Prompt) -> Option<Parts> {
    let own = Scan::new(&base.text, NAMES, None);
    if own.tags.is_empty() {
        return read(scan, Trust::Name, false).or_else(|| read(scan, Trust::Alias, false));
    }
    // The prompt itself is written with such tags: only the outermost can be the reply's.
    let is_aliased = own.tags.iter().any(|tag| tag.trust == Trust::Alias);
    let nested = read(scan, Trust::Name, true);
    if is_aliased { nested } else { nested.or_else(|| read(scan, Trust::Alias, true)) }
}

fn read(scan: &Scan<'_>, trust: Trust, is_nested: bool) -> Option<Parts> {
    let is_reply = [Section::Prompt, Section::SystemInstructions, Section::NoChange]
        .iter()
        .any(|&section| scan.has(section, trust));
    if !is_reply {
        return None;
    }
    let text = if is_nested {
        outermost(scan, Section::Prompt, trust)
    } else {
        last(scan, Section::Prompt, trust)
    };
    let rationale = last(scan, Section::Rationale, trust);
    let owned = |content: Content<'_>| content.text.trim_matches(['\n', '\r']).to_owned();
    Some(Parts {
        rationale: match rationale {
            Some(content) => owned(content),
            None => chatter_before(scan, trust),
        },
        system_instructions: last(scan, Section::SystemInstructions, trust).map(owned),
        is_open: text.as_ref().is_some_and(|content| content.is_open),
        text: text.map(owned),
        no_change: last(scan, Section::NoChange, trust).map(|it| it.text.trim().to_owned()),
    })
}

/// The last complete section that holds something; models that correct themselves repeat it. Else
/// one that was begun but not ended, or ended but not begun.
fn last<'a>(scan: &Scan<'a>, section: Section, trust: Trust) -> Option<Content<'a>> {
    let text = scan.text;
    let (mut begun, mut best): (Option<&Tag>, Option<&str>) = (None, None);
    let mut first_close = None;
    for tag in scan.of(section, trust) {
        if !tag.is_closing {
            begun = Some(tag);
        } else if let Some(open) = begun.take() {
            let content = &text[open.end..tag.start];
            let is_better = !content.trim().is_empty() || best.is_none();
            best = if is_better { Some(content) } else { best };
        } else {
            first_close = first_close.or(Some(tag));
        }
    }
    let unended = begun.map(|open| &text[open.end..next_other(scan, open, trust)]);
    match (best, unended, first_close) {
        (Some(best), Some(unended), _) if best.trim().is_empty() => {
            Some(Content { text: unended, is_open: true })
        }
        (Some(best), ..) => Some(Content { text: best, is_open: false }),
        (None, Some(unended), _) => Some(Content { text: unended, is_open: true }),
        (None, None, Some(close)) => {
            let start = scan.tags.iter().rfind(|tag| tag.end <= close.start && tag.trust >= trust);
            let text = &text[start.map_or(0, |tag| tag.end)..close.start];
            Some(Content { text, is_open: false })
        }
        (None, None, None) => None,
    }
}

/// From the first opening to the last closing tag.
fn outermost<'a>(scan: &Scan<'a>, section: Section, trust: Trust) -> Option<Content<'a>> {
    let open = scan.of(section, trust).find(|tag| !tag.is_closing)?;
    let close =
        scan.of(section, trust).filter(|tag| tag.is_closing && tag.start >= open.end).last();
    let end = close.map_or(scan.text.len(), |tag| tag.start);
    Some(Content { text: &scan.text[open.end..end], is_open: close.is_none() })
}

/// Where a section without an end stops: at the next section.
fn next_other(scan: &Scan<'_>, open: &Tag, trust: Trust) -> usize {
    let mut after = scan.tags.iter().filter(|tag| tag.start >= open.end && tag.trust >= trust);
    after.find(|tag| tag.section != open.section).map_or(scan.text.len(), |tag| tag.start)
}

/// Models that leave the rationale's tags out often explain themselves before the first tag.
fn chatter_before(scan: &Scan<'_>, trust: Trust) -> String {
    let first = scan.tags.iter().find(|tag| tag.trust >= trust);
    let before = first.map_or("", |tag| &scan.text[..tag.start]).trim();
    let is_chatter = is_opening_line(before) || before.starts_with("```");
    if is_chatter { String::new() } else { before.to_owned() }
}
