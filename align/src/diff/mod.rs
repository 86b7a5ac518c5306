//! Word-level differences between two texts, grouped into hunks that a person reads.
//!
//! Unique lines that both texts have are matched first, as in "patience diff", then the words
//! between them. Afterwards hunks that stand close together become one and their edges move to where
//! a line, sentence or word begins. There is no clock in it: what would take too long is bounded by
//! size, so that the same texts always give the same hunks, in the browser as on the server.

mod clean;
mod matching;
mod split;
mod tokens;

use serde::{Deserialize, Serialize};

/// One stretch of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hunk {
    /// Text both sides have; never empty.
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
/// Joining all `Same` and `removed` parts gives `old`, all `Same` and `added` parts `new`. `Same`
/// and `Change` take turns.
pub fn diff(old: &str, new: &str) -> Vec<Hunk> {
    let (old, new) = (tokens::tokens(old), tokens::tokens(new));
    let mut edits = matching::edits(&old, &new);
    clean::join_close(&mut edits, &old, &new);
    clean::slide(&mut edits, &old, &new);
    let edits = split::split(edits, &old, &new);
    hunks(&edits, &old, &new)
}

fn hunks(edits: &[matching::Edit], old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let mut hunks = Vec::with_capacity(edits.len() * 2 + 1);
    let mut done = 0;
    for edit in edits {
        if done < edit.old.start {
            hunks.push(Hunk::Same(old[done..edit.old.start].concat()));
        }
        hunks.push(Hunk::Change {
            removed: old[edit.old.clone()].concat(),
            added: new[edit.new.clone()].concat(),
        });
        done = edit.old.end;
    }
    if done < old.len() {
        hunks.push(Hunk::Same(old[done..].concat()));
    }
    hunks
}
