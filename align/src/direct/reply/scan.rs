//! Finds the tags of a reply, also where a model did not write them exactly.

use crate::direct::mark::Mark;
use crate::direct::tags;

/// The parts of a reply that have tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::direct) enum Section {
    Rationale,
    SystemInstructions,
    Prompt,
    NoChange,
}

/// How much a tag is to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::direct) enum Trust {
    /// A name that models use though nobody asked for it, without the mark.
    Alias,
    /// The name we asked for, without our mark.
    Name,
    /// With the mark of this request.
    Marked,
}

/// One opening or closing tag.
#[derive(Clone, Copy, Debug)]
pub(in crate::direct) struct Tag {
    pub(in crate::direct) section: Section,
    pub(in crate::direct) is_closing: bool,
    pub(in crate::direct) trust: Trust,
    /// Byte offsets of `<` and of what follows `>`.
    pub(in crate::direct) start: usize,
    pub(in crate::direct) end: usize,
}

/// A text with its tags, in order.
pub(in crate::direct) struct Scan<'a> {
    pub(in crate::direct) text: &'a str,
    pub(in crate::direct) tags: Vec<Tag>,
}

/// The longest tag that is looked at, in bytes.
const TAG_LIMIT_BYTES: usize = 120;

/// Names of sections: the one we ask for first, then those that models fall into.
const NAMES: [(Section, &[&str]); 4] = [
    (Section::Rationale, &[tags::RATIONALE, "explanation"]),
    (
        Section::SystemInstructions,
        &[tags::REVISED_SYSTEM_INSTRUCTIONS, "system_instructions", "revised_system_instruction"],
    ),
    (
        Section::Prompt,
        &[
            tags::REVISED_PROMPT,
            "prompt",
            "new_prompt",
            "improved_prompt",
            "updated_prompt",
            "rewritten_prompt",
        ],
    ),
    (Section::NoChange, &[tags::NO_CHANGE, "no_changes", "unchanged"]),
];

impl<'a> Scan<'a> {
    /// Finds the tags in `text`. Without a `mark`, as in the browser, any mark counts as ours.
    pub(in crate::direct) fn new(text: &'a str, mark: Option<&Mark>) -> Self {
        let mut tags = Vec::new();
        for (start, _) in text.match_indices('<') {
            tags.extend(tag_at(text, start, mark));
        }
        Self { text, tags }
    }

    /// The tags of a section that are trusted at least so much.
    pub(in crate::direct) fn of(
        &self,
        section: Section,
        trust: Trust,
    ) -> impl Iterator<Item = &Tag> {
        self.tags.iter().filter(move |tag| tag.section == section && tag.trust >= trust)
    }

    /// Whether there is such a tag.
    pub(in crate::direct) fn has(&self, section: Section, trust: Trust) -> bool {
        self.of(section, trust).next().is_some()
    }
}

fn tag_at(text: &str, start: usize, mark: Option<&Mark>) -> Option<Tag> {
    let rest = &text[start + 1..];
    let window = &rest[..rest.floor_char_boundary(TAG_LIMIT_BYTES)];
    let inner = &window[..window.find(['>', '<', '\n'])?];
    if !rest[inner.len()..].starts_with('>') {
        return None;
    }
    let end = start + 1 + inner.len() + 1;
    let (is_closing, name) = match inner.trim().strip_prefix('/') {
        Some(name) => (true, name),
        None => (false, inner),
    };
    let (section, trust) = section_of(name, mark)?;
    Some(Tag { section, is_closing, trust, start, end })
}

/// Reads `name-mark` as models write it: other separators, capitals, an escaping backslash.
fn section_of(name: &str, mark: Option<&Mark>) -> Option<(Section, Trust)> {
    let name = name.trim().to_lowercase().replace('\\', "").replace(['-', ' ', ':'], "_");
    if let Some((section, is_asked_for)) = named(&name) {
        return Some((section, if is_asked_for { Trust::Name } else { Trust::Alias }));
    }
    let (name, suffix) = name.rsplit_once('_')?;
    let (section, is_asked_for) = named(name)?;
    let is_ours = mark.map_or_else(|| Mark::read(suffix).is_some(), |it| it.as_str() == suffix);
    let looks_like_mark = suffix.len() >= 4 && suffix.bytes().all(|b| b.is_ascii_alphanumeric());
    match (is_ours, is_asked_for) {
        (true, _) => Some((section, Trust::Marked)),
        (false, true) if looks_like_mark => Some((section, Trust::Name)),
        _ => None,
    }
}

fn named(name: &str) -> Option<(Section, bool)> {
    NAMES.iter().find_map(|(section, names)| {
        let place = names.iter().position(|known| *known == name)?;
        Some((*section, place == 0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_as_models_write_them() {
        let mark = Mark::from_bytes([7; 8]);
        let check = |text: &str, expected| {
            let scan = Scan::new(text, Some(&mark));
            assert_eq!(scan.tags.first().map(|tag| (tag.section, tag.trust)), expected, "{text}");
        };
        check("<revised_prompt-0707070707070707>", Some((Section::Prompt, Trust::Marked)));
        check("</Revised\\_Prompt 0707070707070707 >", Some((Section::Prompt, Trust::Marked)));
        check("<prompt-0707070707070707>", Some((Section::Prompt, Trust::Marked)));
        check("<revised_prompt-0707>", Some((Section::Prompt, Trust::Name)));
        check("<revised-prompt>", Some((Section::Prompt, Trust::Name)));
        check("<prompt>", Some((Section::Prompt, Trust::Alias)));
        check("<prompt-0808>", None);
        check("a < b and c > d", None);
        check("<no_change", None);
    }
}
