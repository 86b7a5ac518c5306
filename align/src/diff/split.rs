//! Divides an edit that goes beyond the end of its line or sentence.
//!
//! After "one line.¶" became "three lines.¶Name the author.¶", the shortest edit ends before the last
//! full stop. Two edits read better: "one line" became "three lines", and a line was added.

use std::ops::Range;

use super::clean::{ends_sentence, is_blank, is_line_break};
use super::matching::Edit;

/// The most tokens of the end of a line or sentence, such as `.`, `\n`, `\n`.
const END_TOKENS: usize = 4;

/// Divides edits where one side holds the end of the line or sentence that follows the edit.
pub(super) fn split(edits: Vec<Edit>, old: &[&str], new: &[&str]) -> Vec<Edit> {
    let starts: Vec<usize> = edits.iter().skip(1).map(|edit| edit.old.start).collect();
    let limits = starts.into_iter().chain([old.len() + 1]);
    let divided =
        edits.into_iter().zip(limits).flat_map(|(edit, limit)| divide(edit, limit, old, new));
    divided.collect()
}

/// One edit, or two. The next edit begins at `limit`; one equal token must stay before it.
fn divide(edit: Edit, limit: usize, old: &[&str], new: &[&str]) -> Vec<Edit> {
    let after = &old[edit.old.end..old.len().min(limit - 1)];
    let Some(length) = end_length(after) else { return vec![edit] };
    let end = &after[..length];
    let in_old = find(&old[edit.old.clone()], end);
    let in_new = find(&new[edit.new.clone()], end);
    match (in_old, in_new) {
        (None, Some(place)) => {
            let cut = edit.new.start + place;
            vec![
                Edit { old: edit.old.clone(), new: edit.new.start..cut },
                Edit {
                    old: empty(edit.old.end + length),
                    new: cut + length..edit.new.end + length,
                },
            ]
        }
        (Some(place), None) => {
            let cut = edit.old.start + place;
            vec![
                Edit { old: edit.old.start..cut, new: edit.new.clone() },
                Edit {
                    old: cut + length..edit.old.end + length,
                    new: empty(edit.new.end + length),
                },
            ]
        }
        _ => vec![edit],
    }
}

/// How many tokens at the beginning end a line or a sentence.
fn end_length(tokens: &[&str]) -> Option<usize> {
    let tokens = &tokens[..tokens.len().min(END_TOKENS)];
    let first_break = tokens.iter().position(|token| is_line_break(token));
    if let Some(start) = first_break.filter(|&start| start <= 1) {
        let breaks = tokens[start..].iter().take_while(|token| is_line_break(token)).count();
        return Some(start + breaks);
    }
    let is_end = matches!(tokens, [stop, blank, ..] if ends_sentence(stop) && is_blank(blank));
    is_end.then_some(2)
}

/// The first place of `end` with something on both sides of it.
fn find(tokens: &[&str], end: &[&str]) -> Option<usize> {
    let place = tokens.windows(end.len()).position(|window| window == end)?;
    (place > 0 && place + end.len() < tokens.len()).then_some(place)
}

fn empty(at: usize) -> Range<usize> {
    at..at
}
