//! Replies in tags, as we ask for them.

use super::parts::Parts;
use crate::direct::section::{NAMES, Scan, Section, Tag};
use crate::exchange::chatter::is_opening_line;
use crate::exchange::scan::{Content, Trust};
use crate::prompt::Prompt;

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
    let is_reply =
        [Section::Prompt, Section::SystemInstructions, Section::NoChange, Section::Conflicts]
            .iter()
            .any(|&section| scan.has(section, trust));
    if !is_reply {
        return None;
    }
    let text = if is_nested {
        outermost(scan, Section::Prompt, trust)
    } else {
        scan.last(Section::Prompt, trust)
    };
    let rationale = scan.last(Section::Rationale, trust);
    let owned = |content: Content<'_>| content.text.trim_matches(['\n', '\r']).to_owned();
    Some(Parts {
        diagnosis: diagnosis(scan, trust).trim().to_owned(),
        rationale: match rationale {
            Some(content) => owned(content),
            None => chatter_before(scan, trust),
        },
        system_instructions: scan.last(Section::SystemInstructions, trust).map(owned),
        is_open: text.as_ref().is_some_and(|content| content.is_open),
        text: text.map(owned),
        no_change: scan.last(Section::NoChange, trust).map(|it| it.text.trim().to_owned()),
        followed: scan.last(Section::Followed, trust).map(owned).unwrap_or_default(),
        conflicts: scan.last(Section::Conflicts, trust).map(owned).unwrap_or_default(),
    })
}

/// What stands in the diagnosis, which comes before the rewrite: later tags of its name are words of the
/// prompt. It ends where the next part begins, if not before.
fn diagnosis<'a>(scan: &Scan<'a>, trust: Trust) -> &'a str {
    let is_rewrite =
        |tag: &Tag| matches!(tag.section, Section::Prompt | Section::SystemInstructions);
    let mut tags = scan.tags.iter().filter(|tag| tag.trust >= trust);
    match tags.find(|tag| tag.section == Section::Diagnosis || is_rewrite(tag)) {
        Some(open) if !is_rewrite(open) && !open.is_closing => {
            &scan.text[open.end..tags.next().map_or(scan.text.len(), |tag| tag.start)]
        }
        _ => "",
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

/// Models that leave the rationale's tags out often explain themselves before the first tag.
fn chatter_before(scan: &Scan<'_>, trust: Trust) -> String {
    let first = scan.tags.iter().find(|tag| tag.trust >= trust);
    let before = first.map_or("", |tag| &scan.text[..tag.start]).trim();
    let is_chatter = is_opening_line(before) || before.starts_with("```");
    if is_chatter { String::new() } else { before.to_owned() }
}
