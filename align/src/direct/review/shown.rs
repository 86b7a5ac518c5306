//! What the model shows to stand behind its changes, for the rules that give way to what was asked.

use crate::direct::trace::is_in;
use crate::prompt::Prompt;
use crate::record::{Source, Trace};

/// The traces of a draft, told apart by where their words stand.
pub(super) struct Shown<'a> {
    /// Words of the draft.
    pub(super) written: Vec<&'a Trace>,
    /// Words of the base that are not in the draft.
    pub(super) taken_out: Vec<&'a Trace>,
}

impl<'a> Shown<'a> {
    /// Words that stand nowhere show nothing.
    pub(super) fn new(base: &Prompt, draft: &Prompt, traces: &'a [Trace]) -> Self {
        let (written, rest): (Vec<_>, Vec<_>) =
            traces.iter().partition(|trace| is_in(draft, &trace.quote));
        let taken_out = rest.into_iter().filter(|trace| is_in(base, &trace.quote)).collect();
        Self { written, taken_out }
    }

    /// All words.
    pub(super) fn all(&self) -> impl Iterator<Item = &'a Trace> {
        self.written.iter().chain(&self.taken_out).copied()
    }

    /// What asks for words that the draft has and that hold `text`.
    pub(super) fn asks_for(&self, text: &str) -> Option<Source> {
        source_of(&self.written, |quote| quote.contains(text))
    }

    /// What asks for `text` to go: words that are taken out hold it.
    pub(super) fn asks_to_drop(&self, text: &str) -> Option<Source> {
        source_of(&self.taken_out, |quote| quote.contains(text))
    }
}

/// The source of the first trace whose words are such.
fn source_of(traces: &[&Trace], is_it: impl Fn(&str) -> bool) -> Option<Source> {
    traces.iter().find(|trace| is_it(&trace.quote)).map(|trace| trace.source)
}
