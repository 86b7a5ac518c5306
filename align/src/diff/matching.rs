//! Finds which tokens two texts have in common.

use std::collections::HashMap;
use std::ops::Range;

use similar::DiffOp;
use similar::algorithms::{Capture, myers};

/// Tokens of the old text that became tokens of the new one; not both empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// The most tokens (old and new) that are compared with each other at once; larger stretches are
/// first divided at runs of tokens that are unique in them.
const WINDOW: usize = 1_500;

/// The tokens of such a run: three words and the blanks between them.
const ANCHOR: usize = 5;

/// Bounds the work of one comparison, in steps of Myers' algorithm at its worst. What is over it is
/// shown as replaced.
const BUDGET: usize = 30_000_000;

/// The edits that turn `old` into `new`, in order, with at least one equal token between two.
pub(super) fn edits(old: &[&str], new: &[&str]) -> Vec<Edit> {
    let mut numbers = HashMap::new();
    let old_ids = numbered(old, &mut numbers);
    let new_ids = numbered(new, &mut numbers);
    let mut matcher = Matcher { old: &old_ids, new: &new_ids, edits: Vec::new(), budget: BUDGET };
    let anchors = line_anchors(old, new);
    let whole = Edit { old: 0..old.len(), new: 0..new.len() };
    matcher.between(&anchors, &whole, Matcher::words);
    matcher.edits
}

fn numbered<'a>(tokens: &[&'a str], numbers: &mut HashMap<&'a str, u32>) -> Vec<u32> {
    let number = |token: &&'a str| {
        #[expect(clippy::cast_possible_truncation, reason = "texts are far below 4 billion tokens")]
        let next = numbers.len() as u32;
        *numbers.entry(*token).or_insert(next)
    };
    tokens.iter().map(number).collect()
}

struct Matcher<'a> {
    old: &'a [u32],
    new: &'a [u32],
    edits: Vec<Edit>,
    budget: usize,
}

impl Matcher<'_> {
    /// Cuts off what both ends have in common.
    fn trimmed(&self, old: Range<usize>, new: Range<usize>) -> Edit {
        let (a, b) = (&self.old[old.clone()], &self.new[new.clone()]);
        let prefix = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        let (a, b) = (a[prefix..].iter().rev(), b[prefix..].iter().rev());
        let suffix = a.zip(b).take_while(|(a, b)| a == b).count();
        Edit {
            old: old.start + prefix..old.end - suffix,
            new: new.start + prefix..new.end - suffix,
        }
    }

    /// Compares what lies between the anchors, which are equal tokens in both texts.
    fn between(&mut self, anchors: &[(usize, usize)], whole: &Edit, compare: fn(&mut Self, Edit)) {
        let (mut old, mut new) = (whole.old.start, whole.new.start);
        let ends = anchors.iter().copied().chain([(whole.old.end, whole.new.end)]);
        for (old_end, new_end) in ends {
            // An anchor may lie in what an earlier stretch had in common with the anchor before it.
            if old_end < old || new_end < new {
                continue;
            }
            let gap = self.trimmed(old..old_end, new..new_end);
            (old, new) = (old_end, new_end);
            if !gap.old.is_empty() && !gap.new.is_empty() {
                compare(self, gap);
            } else if !gap.old.is_empty() || !gap.new.is_empty() {
                self.push(gap);
            }
        }
    }

    /// Compares a stretch word by word, dividing it first if it is large.
    fn words(&mut self, gap: Edit) {
        if gap.old.len() + gap.new.len() <= WINDOW {
            return self.myers(gap);
        }
        let anchors = unique_pairs(runs(self.old, &gap.old), runs(self.new, &gap.new));
        self.between(&anchors, &gap, Self::myers);
    }

    fn myers(&mut self, gap: Edit) {
        let size = gap.old.len() + gap.new.len();
        let cost = size.saturating_mul(size);
        if cost > self.budget {
            return self.push(gap);
        }
        self.budget -= cost;
        // This one algorithm alone: the crate's `capture_diff` brings all of them into the download.
        let (old, new, mut capture) = (gap.old, gap.new, Capture::new());
        let Ok(()) = myers::diff_deadline_raw(&mut capture, self.old, old, self.new, new, None);
        for op in capture.into_ops() {
            if !matches!(op, DiffOp::Equal { .. }) {
                self.push(Edit { old: op.old_range(), new: op.new_range() });
            }
        }
    }

    /// Adds an edit, joined to the last one if it touches it.
    fn push(&mut self, edit: Edit) {
        match self.edits.last_mut() {
            Some(last) if last.old.end == edit.old.start && last.new.end == edit.new.start => {
                last.old.end = edit.old.end;
                last.new.end = edit.new.end;
            }
            _ => self.edits.push(edit),
        }
    }
}

/// Runs of [`ANCHOR`] tokens with the places where they begin.
fn runs<'a>(
    ids: &'a [u32],
    range: &Range<usize>,
) -> impl Iterator<Item = (&'a [u32], usize)> + use<'a> {
    ids[range.clone()].windows(ANCHOR).zip(range.start..)
}

/// Where lines begin that are unique in both texts and hold a word, in an order both have.
fn line_anchors(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let lines = |tokens: &[&str]| {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in tokens.split(|token| token.starts_with(['\n', '\r'])) {
            if line.iter().any(|token| token.contains(char::is_alphanumeric)) {
                lines.push((line.concat(), start));
            }
            start += line.len() + 1;
        }
        lines
    };
    unique_pairs(lines(old), lines(new))
}

/// Pairs what is unique on both sides, and keeps the longest run of pairs in the same order.
fn unique_pairs<T: std::hash::Hash + Eq>(
    old: impl IntoIterator<Item = (T, usize)>,
    new: impl IntoIterator<Item = (T, usize)>,
) -> Vec<(usize, usize)> {
    /// Where something stands on each side, and how often.
    #[derive(Default)]
    struct Seen {
        old: (usize, usize),
        new: (usize, usize),
    }
    let mut seen: HashMap<T, Seen> = HashMap::new();
    for (key, index) in old {
        let entry = &mut seen.entry(key).or_default().old;
        *entry = (index, entry.1 + 1);
    }
    for (key, index) in new {
        if let Some(entry) = seen.get_mut(&key) {
            entry.new = (index, entry.new.1 + 1);
        }
    }
    let unique = seen.into_values().filter(|seen| seen.old.1 == 1 && seen.new.1 == 1);
    let mut pairs: Vec<_> = unique.map(|seen| (seen.old.0, seen.new.0)).collect();
    pairs.sort_unstable();
    longest_increasing(&pairs)
}

/// The longest run of pairs, sorted by the first, in which the second increases too
/// (<https://en.wikipedia.org/wiki/Longest_increasing_subsequence>).
fn longest_increasing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, &(_, new)) in pairs.iter().enumerate() {
        let place = ends.partition_point(|&end| pairs[end].1 < new);
        before.push(place.checked_sub(1).map(|place| ends[place]));
        if place == ends.len() {
            ends.push(index);
        } else {
            ends[place] = index;
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(index) = next {
        run.push(pairs[index]);
        next = before[index];
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_in_order_is_kept() {
        let pairs = [(0, 5), (1, 1), (2, 2), (3, 0), (4, 3)];
        assert_eq!(longest_increasing(&pairs), [(1, 1), (2, 2), (4, 3)]);
        assert_eq!(longest_increasing(&[]), []);
    }

    #[test]
    fn edits_that_touch_are_one() {
        let edits = edits(&["a", " ", "b"], &["a", " ", "c", " ", "d"]);
        assert_eq!(edits, [Edit { old: 2..3, new: 2..5 }]);
    }
}
