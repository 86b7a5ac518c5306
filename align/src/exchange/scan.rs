//! Finds the tags of a reply, also where a model did not write them exactly.

use super::mark::Mark;

/// The names of the parts of a reply: for each part the one we ask for first, then those that models
/// fall into.
pub(crate) type Vocabulary<S> = &'static [(S, &'static [&'static str])];

/// How much a tag is to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trust {
    /// A name that models use though nobody asked for it, without the mark.
    Alias,
    /// The name we asked for, without our mark.
    Name,
    /// With the mark of this request.
    Marked,
}

/// One opening or closing tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<S> {
    pub(crate) section: S,
    pub(crate) is_closing: bool,
    pub(crate) trust: Trust,
    /// Byte offsets of `<` and of what follows `>`.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A text with its tags, in order.
pub(crate) struct Scan<'a, S> {
    pub(crate) text: &'a str,
    pub(crate) tags: Vec<Tag<S>>,
}

/// What stands in one section.
pub(crate) struct Content<'a> {
    pub(crate) text: &'a str,
    /// It has a beginning but no end.
    pub(crate) is_open: bool,
}

/// The longest tag that is looked at, in bytes.
const TAG_LIMIT_BYTES: usize = 120;

impl<'a, S: Copy + PartialEq> Scan<'a, S> {
    /// Finds the tags of `names` in `text`. Without a `mark`, as in the browser, any mark counts as
    /// ours.
    pub(crate) fn new(text: &'a str, names: Vocabulary<S>, mark: Option<&Mark>) -> Self {
        let mut tags = Vec::new();
        for (start, _) in text.match_indices('<') {
            tags.extend(tag_at(text, start, names, mark));
        }
        Self { text, tags }
    }

    /// The tags of a section that are trusted at least so much.
    pub(crate) fn of(&self, section: S, trust: Trust) -> impl Iterator<Item = &Tag<S>> {
        self.tags.iter().filter(move |tag| tag.section == section && tag.trust >= trust)
    }

    /// Whether there is such a tag.
    pub(crate) fn has(&self, section: S, trust: Trust) -> bool {
        self.of(section, trust).next().is_some()
    }

    /// The last complete section that holds something; models that correct themselves repeat it. Else
    /// one that was begun but not ended, or ended but not begun.
    pub(crate) fn last(&self, section: S, trust: Trust) -> Option<Content<'a>> {
        let text = self.text;
        let (mut begun, mut best): (Option<&Tag<S>>, Option<&str>) = (None, None);
        let mut first_close = None;
        for tag in self.of(section, trust) {
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
        let unended = begun.map(|open| &text[open.end..self.next_other(open, trust)]);
        match (best, unended, first_close) {
            (Some(best), Some(unended), _) if best.trim().is_empty() => {
                Some(Content { text: unended, is_open: true })
            }
            (Some(best), ..) => Some(Content { text: best, is_open: false }),
            (None, Some(unended), _) => Some(Content { text: unended, is_open: true }),
            (None, None, Some(close)) => {
                let before = |tag: &&Tag<S>| tag.end <= close.start && tag.trust >= trust;
                let start = self.tags.iter().rfind(before);
                let text = &text[start.map_or(0, |tag| tag.end)..close.start];
                Some(Content { text, is_open: false })
            }
            (None, None, None) => None,
        }
    }

    /// Where a section without an end stops: at the next section.
    fn next_other(&self, open: &Tag<S>, trust: Trust) -> usize {
        let mut after = self.tags.iter().filter(|tag| tag.start >= open.end && tag.trust >= trust);
        let next = after.find(|tag| tag.section != open.section);
        next.map_or(self.text.len(), |tag| tag.start)
    }
}

fn tag_at<S: Copy>(
    text: &str,
    start: usize,
    names: Vocabulary<S>,
    mark: Option<&Mark>,
) -> Option<Tag<S>> {
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
    let (section, trust) = section_of(name, names, mark)?;
    // Some models escape their tags as Markdown asks.
    let is_escaped = text[..start].ends_with('\\');
    Some(Tag { section, is_closing, trust, start: start - usize::from(is_escaped), end })
}

/// Reads `name-mark` as models write it: other separators, capitals, an escaping backslash.
fn section_of<S: Copy>(
    name: &str,
    names: Vocabulary<S>,
    mark: Option<&Mark>,
) -> Option<(S, Trust)> {
    let name = name.trim().to_lowercase().replace('\\', "").replace(['-', ' ', ':'], "_");
    if let Some((section, is_asked_for)) = named(&name, names) {
        return Some((section, if is_asked_for { Trust::Name } else { Trust::Alias }));
    }
    let (name, suffix) = name.rsplit_once('_')?;
    let (section, is_asked_for) = named(name, names)?;
    let is_ours = mark.map_or_else(|| Mark::read(suffix).is_some(), |it| it.as_str() == suffix);
    let looks_like_mark = suffix.len() >= 4 && suffix.bytes().all(|b| b.is_ascii_alphanumeric());
    match (is_ours, is_asked_for) {
        (true, _) => Some((section, Trust::Marked)),
        (false, true) if looks_like_mark => Some((section, Trust::Name)),
        _ => None,
    }
}

fn named<S: Copy>(name: &str, names: Vocabulary<S>) -> Option<(S, bool)> {
    names.iter().find_map(|(section, known)| {
        let place = known.iter().position(|known| *known == name)?;
        Some((*section, place == 0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Section {
        Prompt,
        NoChange,
    }

    const NAMES: Vocabulary<Section> =
        &[(Section::Prompt, &["revised_prompt", "prompt"]), (Section::NoChange, &["no_change"])];

    #[test]
    fn tags_are_found_as_models_write_them() {
        let mark = Mark::from_bytes([7; 8]);
        let check = |text: &str, expected| {
            let scan = Scan::new(text, NAMES, Some(&mark));
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
        check("<no_change>", Some((Section::NoChange, Trust::Name)));
        check("<no_change", None);
    }
}
