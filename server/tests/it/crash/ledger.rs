//! What the server acknowledged to one person, and what was asked and never answered.

use std::collections::BTreeMap;
use std::time::Instant;

/// Everything that was answered with 200 about one prompt.
pub(crate) struct Ledger {
    pub(crate) prompt: i64,
    /// The texts of versions by their number.
    pub(crate) versions: BTreeMap<i64, String>,
    /// The revision of the working copy and its text; 0 while there is none.
    pub(crate) typed: (i64, String),
    /// Pieces of feedback by their number.
    pub(crate) feedback: BTreeMap<i64, String>,
    /// Runs by their number.
    pub(crate) runs: BTreeMap<i64, SeenRun>,
    /// The list of guidelines: number and text of each, in order.
    pub(crate) guidelines: Vec<(i64, String)>,
    /// Accepted drafts and the number of their version.
    pub(crate) accepted: BTreeMap<i64, i64>,
    /// What was sent last, if the answer never came.
    pub(crate) unanswered: Option<Action>,
    /// When the last answer was missed.
    pub(crate) cut_at: Option<Instant>,
}

/// What a person saw of a run.
#[derive(Default)]
pub(crate) struct SeenRun {
    /// How much output was there, and when.
    pub(crate) seen: Vec<(Instant, usize)>,
    /// The whole output, once it was shown as done.
    pub(crate) done: Option<String>,
}

/// Something that may have happened although its answer never arrived.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// This text was typed.
    Type(String),
    /// This text was saved, or run.
    Save(String),
    /// Feedback was kept.
    Comment,
    /// A guideline was added, edited or removed, which makes the list say this.
    Guidelines(Vec<String>),
    /// A draft was accepted.
    Accept,
    /// Nothing that changes what this ledger holds.
    Look,
}

impl Ledger {
    pub(crate) fn new(prompt: i64, text: &str) -> Self {
        Self {
            prompt,
            versions: BTreeMap::from([(1, text.to_owned())]),
            typed: (0, text.to_owned()),
            feedback: BTreeMap::new(),
            runs: BTreeMap::new(),
            guidelines: Vec::new(),
            accepted: BTreeMap::new(),
            unanswered: None,
            cut_at: None,
        }
    }

    /// The newest version and its text.
    pub(crate) fn newest(&self) -> (i64, &str) {
        let (number, text) = self.versions.last_key_value().unwrap();
        (*number, text)
    }

    /// What the guidelines say, in order.
    pub(crate) fn guideline_texts(&self) -> Vec<String> {
        self.guidelines.iter().map(|(_, text)| text.clone()).collect()
    }

    /// What it holds, in a line.
    pub(crate) fn summary(&self) -> String {
        let done = self.runs.values().filter(|run| run.done.is_some()).count();
        format!(
            "prompt {}: {} versions, {} saves of typing, {} pieces of feedback, {} guidelines, {} \
            runs ({done} seen done), {} accepted drafts",
            self.prompt,
            self.versions.len(),
            self.typed.0,
            self.feedback.len(),
            self.guidelines.len(),
            self.runs.len(),
            self.accepted.len(),
        )
    }
}
