//! What to show of a reply while it streams in. The browser runs this.

use super::section::{NAMES, Scan, Section};
use crate::exchange::scan::Trust;
use crate::exchange::thoughts;

/// What has arrived of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartialDraft {
    /// What the model finds in the prompt before it rewrites it.
    pub diagnosis: String,
    /// The rationale, or what the model said outside of any part.
    pub rationale: String,
    /// The revised system instructions; `None` while there are none.
    pub system_instructions: Option<String>,
    /// The revised prompt.
    pub text: String,
}

/// Reads a reply that is not complete. It needs no mark: a wrong guess is corrected when the reply is
/// complete. The beginning of a tag at the end is not shown.
pub fn partial(reply: &str) -> PartialDraft {
    let scan = Scan::new(shown(reply), NAMES, None);
    let find = |section| content(&scan, section);
    let rationale = find(Section::Rationale).or_else(|| find(Section::NoChange));
    PartialDraft {
        diagnosis: find(Section::Diagnosis).unwrap_or_default().to_owned(),
        rationale: rationale.unwrap_or_else(|| untagged(&scan)).to_owned(),
        system_instructions: find(Section::SystemInstructions).map(str::to_owned),
        text: find(Section::Prompt).unwrap_or_default().to_owned(),
    }
}

/// The reply without leading thoughts and without a tag that is only half there.
fn shown(reply: &str) -> &str {
    let mut text = reply.trim_start();
    if let Some((open, close)) = thoughts::leading(text) {
        text = text[open.len()..].split_once(close).map_or("", |(_, answer)| answer);
    }
    match text.rfind('<') {
        Some(start) if is_half_a_tag(&text[start..]) => &text[..start],
        _ => text,
    }
}

fn is_half_a_tag(tail: &str) -> bool {
    let name = tail[1..].strip_prefix('/').unwrap_or(&tail[1..]);
    tail.len() < 60
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

/// The last section with that name, as far as it has come.
fn content<'a>(scan: &Scan<'a>, section: Section) -> Option<&'a str> {
    let trust = [Trust::Marked, Trust::Name].into_iter().find(|&trust| scan.has(section, trust))?;
    let start = scan.of(section, trust).filter(|tag| !tag.is_closing).last()?.end;
    let close = scan.of(section, trust).find(|tag| tag.start >= start);
    // Without its own end, it ends where another part begins.
    let next = || scan.tags.iter().find(|tag| tag.start >= start && tag.trust >= trust);
    let end = close.or_else(next).map_or(scan.text.len(), |tag| tag.start);
    Some(scan.text[start..end].trim_matches(['\n', '\r']))
}

/// Before the first tag there is nothing to show but what the model says, if it is words.
fn untagged<'a>(scan: &Scan<'a>) -> &'a str {
    let text = scan.text.trim();
    if scan.tags.is_empty() && !text.starts_with(['{', '`', '[', '<']) { text } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPLY: &str = "<rationale-0707070707070707>\nShorter.\n</rationale-0707070707070707>\n\
                         <revised_prompt-0707070707070707>\nUse <b> in {x}.\n</revised_prompt-0707070707070707>\n";

    #[test]
    fn a_reply_grows_and_never_shows_tags() {
        let mut lengths = Vec::new();
        for end in 0..=REPLY.len() {
            let draft = partial(&REPLY[..end]);
            assert!(!draft.text.contains("revised") && !draft.rationale.contains("rationale"));
            lengths.push(draft.text.len());
        }
        assert_eq!(partial(REPLY).text, "Use <b> in {x}.");
        assert_eq!(partial(REPLY).rationale, "Shorter.");
        assert!(lengths.iter().max() == lengths.last());
    }

    #[test]
    fn no_part_shows_another() {
        // Models forget the end of a part, and begin anew after a check.
        let reply = "<diagnosis-0707070707070707>\nF1\nCause: x < y.\n<rationale-0707070707070707>\n\
                     Shorter.\n<revised_prompt-0707070707070707>\nUse {x}.\n\
                     <self_check-0707070707070707>\nF1: done\n</self_check-0707070707070707>\n\
                     <revised_prompt-0707070707070707>\nUse {x} now.\n";
        for end in 0..=reply.len() {
            let PartialDraft { diagnosis, rationale, text, .. } = partial(&reply[..end]);
            for shown in [&diagnosis, &rationale, &text] {
                assert!(!shown.contains("0707") && !shown.contains("done"), "{shown}");
            }
        }
        let draft = partial(reply);
        assert_eq!(draft.diagnosis, "F1\nCause: x < y.");
        assert_eq!((&*draft.rationale, &*draft.text), ("Shorter.", "Use {x} now."));
        assert_eq!(partial("<what_i_think>\nWell"), PartialDraft::default());
    }

    #[test]
    fn thoughts_are_not_shown() {
        assert_eq!(partial("<think>hm"), PartialDraft::default());
        assert_eq!(
            partial("<think>hm</think>\nWell"),
            PartialDraft { rationale: "Well".into(), ..PartialDraft::default() }
        );
    }
}
