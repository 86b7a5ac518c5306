//! From the words that a reply quotes to the hunks of its diff.

use std::ops::Range;

use crate::diff::Hunk;
use crate::prompt::Prompt;
use crate::record::{Source, Trace};
use crate::words::{lower_words, spans};

/// What stands behind each hunk: for every hunk the sources whose words it adds or takes out, each
/// once, in the order of `traces`. Nothing stands behind what stayed the same.
pub fn sources_of(hunks: &[Hunk], traces: &[Trace]) -> Vec<Vec<Source>> {
    let places = Places::of(hunks);
    let mut sources = vec![Vec::new(); hunks.len()];
    for trace in traces {
        for (index, hunk) in hunks.iter().enumerate() {
            let is_behind =
                matches!(hunk, Hunk::Change { .. }) && places.is_in(index, &trace.quote);
            if is_behind && !sources[index].contains(&trace.source) {
                sources[index].push(trace.source);
            }
        }
    }
    sources
}

/// Whether a quote stands in a prompt, but for case, punctuation and space.
pub(super) fn is_in(prompt: &Prompt, quote: &str) -> bool {
    find(&prompt.text, quote).is_some() || find(&prompt.system_instructions, quote).is_some()
}

/// Both texts of a diff, and where each hunk stands in them.
struct Places {
    old: String,
    new: String,
    hunks: Vec<(Range<usize>, Range<usize>)>,
}

impl Places {
    fn of(hunks: &[Hunk]) -> Self {
        let mut places = Self { old: String::new(), new: String::new(), hunks: Vec::new() };
        for hunk in hunks {
            let (removed, added) = match hunk {
                Hunk::Same(text) => (text, text),
                Hunk::Change { removed, added } => (removed, added),
            };
            let (old, new) = (places.old.len(), places.new.len());
            places.old.push_str(removed);
            places.new.push_str(added);
            places.hunks.push((old..places.old.len(), new..places.new.len()));
        }
        places
    }

    /// Words that were added are looked for first; only words that are not in the new text were taken
    /// out.
    fn is_in(&self, hunk: usize, quote: &str) -> bool {
        let (removed, added) = &self.hunks[hunk];
        match find(&self.new, quote) {
            Some(found) => overlap(&found, added),
            None => find(&self.old, quote).is_some_and(|found| overlap(&found, removed)),
        }
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Where a quote stands: to the letter, else word by word.
fn find(text: &str, quote: &str) -> Option<Range<usize>> {
    if quote.trim().is_empty() {
        return None;
    }
    if let Some(start) = text.find(quote) {
        return Some(start..start + quote.len());
    }
    let wanted = lower_words(quote);
    let places: Vec<_> = spans(text).collect();
    let is_it = |window: &&[Range<usize>]| {
        let mut pairs = window.iter().zip(&wanted);
        pairs.all(|(span, word)| text[span.clone()].to_lowercase() == *word)
    };
    let found = places.windows(wanted.len().max(1)).find(is_it)?;
    (!wanted.is_empty()).then(|| Some(found.first()?.start..found.last()?.end))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::diff;
    use crate::record::GuidelineId;

    fn behind(old: &str, new: &str, traces: &[(Source, &str)]) -> Vec<Vec<Source>> {
        let traces: Vec<_> = traces
            .iter()
            .map(|(source, quote)| Trace { source: *source, quote: (*quote).to_owned() })
            .collect();
        let hunks = diff(old, new);
        let sources = sources_of(&hunks, &traces);
        let changes = hunks.iter().zip(sources).filter(|(it, _)| matches!(it, Hunk::Change { .. }));
        changes.map(|(_, sources)| sources).collect()
    }

    #[test]
    fn hunks_know_what_stands_behind_them() {
        let (one, two) = (Source::Guideline(GuidelineId(1)), Source::Feedback(0));
        let old = "List uses of {item}.\n\nSay why in detail.\n\nEnd with a joke about it.";
        let new = "List three uses of {item}.\n\nSay why in detail.";
        let traces = [(one, "three uses"), (two, "End with a joke")];
        assert_eq!(behind(old, new, &traces), [vec![one], vec![two]]);
        // Case and punctuation may differ; words that are nowhere stand behind nothing.
        let traces = [(one, "list THREE, uses of item"), (two, "five uses"), (one, "three")];
        assert_eq!(behind(old, new, &traces), [vec![one], vec![]]);
        assert_eq!(behind(old, new, &[(one, "Say why in detail."), (two, " ")]), [vec![], vec![]]);
    }
}
