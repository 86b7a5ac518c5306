//! What must hold of every comparison. The input is two texts with U+001F between them.

use std::time::Duration;

use align::diff::{Hunk, diff};

use super::clock::Clock;

/// Texts are repeated up to this size to see that the time is bounded.
const LARGE_BYTES: usize = 16 << 10;

/// The work of one comparison is bounded by size; this is many times what the bound takes.
const LARGE_LIMIT: Duration = Duration::from_secs(5);

pub(crate) fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (old, new) = text.split_once('\u{1f}').unwrap_or((text, ""));
    let hunks = diff(old, new);
    is_sound(&hunks, old, new);
    assert_eq!(diff(old, new), hunks, "the same texts give the same hunks");
    is_sound(&diff(new, old), new, old);
    let same = diff(old, old);
    let expected = if old.is_empty() { vec![] } else { vec![Hunk::Same(old.to_owned())] };
    assert_eq!(same, expected);
    travels(&hunks);
    // One in 64 is enough for a property that needs a hundred times as long.
    if data.len().is_multiple_of(64) {
        ends_in_time(old, new);
    }
}

/// Taken apart again the hunks are the two texts; applied to the old text they give the new one.
fn is_sound(hunks: &[Hunk], old: &str, new: &str) {
    let (mut removed_text, mut added_text) = (String::new(), String::new());
    let mut rest = old;
    let mut applied = String::new();
    for hunk in hunks {
        match hunk {
            Hunk::Same(same) => {
                assert!(!same.is_empty());
                removed_text += same;
                added_text += same;
                rest = rest.strip_prefix(same.as_str()).expect("what stays is in the old text");
                applied += same;
            }
            Hunk::Change { removed, added } => {
                assert!(!removed.is_empty() || !added.is_empty());
                assert_ne!(removed, added, "a change changes something");
                removed_text += removed;
                added_text += added;
                rest = rest.strip_prefix(removed.as_str()).expect("what goes is in the old text");
                applied += added;
            }
        }
    }
    assert_eq!((removed_text.as_str(), added_text.as_str()), (old, new));
    assert_eq!((rest, applied.as_str()), ("", new));
    for pair in hunks.windows(2) {
        let turns = matches!(
            pair,
            [Hunk::Same(_), Hunk::Change { .. }] | [Hunk::Change { .. }, Hunk::Same(_)]
        );
        assert!(turns, "hunks take turns: {pair:?}");
    }
}

/// Drafts carry text through JSON.
fn travels(hunks: &[Hunk]) {
    let json = serde_json::to_string(hunks).expect("hunks are plain data");
    assert_eq!(serde_json::from_str::<Vec<Hunk>>(&json).expect("as it was written"), hunks);
}

fn ends_in_time(old: &str, new: &str) {
    let large = |text: &str| text.repeat(LARGE_BYTES / text.len().max(1));
    let (old, new) = (large(old), large(new));
    let started = Clock::start();
    let hunks = diff(&old, &new);
    assert!(started.elapsed() < LARGE_LIMIT, "{:?}", started.elapsed());
    is_sound(&hunks, &old, &new);
}
