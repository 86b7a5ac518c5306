//! Makes edits readable: joins those that stand close together and moves their edges. After the
//! "semantic cleanup" of Neil Fraser's diff-match-patch, with words in place of characters.

use super::matching::Edit;

/// The most words of an equal stretch that is given up to join the edits around it.
const GIVEN_UP_WORDS: usize = 3;

/// Joins edits with nothing worth showing between them.
pub(super) fn join_close(edits: &mut Vec<Edit>, old: &[&str], new: &[&str]) {
    let mut joined: Vec<Edit> = Vec::with_capacity(edits.len());
    for mut edit in edits.drain(..) {
        while let Some(last) = joined.pop_if(|last| is_close(last, &edit, old, new)) {
            edit = Edit { old: last.old.start..edit.old.end, new: last.new.start..edit.new.end };
        }
        joined.push(edit);
    }
    *edits = joined;
}

/// Whether what lies between two edits is blank space, or so little beside them that it is noise.
/// Line breaks keep edits apart: rewritten lines are read one by one.
fn is_close(first: &Edit, second: &Edit, old: &[&str], new: &[&str]) -> bool {
    let between = &old[first.old.end..second.old.start];
    if between.iter().any(|token| is_line_break(token)) {
        return false;
    }
    let words = between.iter().filter(|token| is_word(token)).count();
    let size = characters(between);
    let size_of =
        |edit: &Edit| characters(&old[edit.old.clone()]).max(characters(&new[edit.new.clone()]));
    between.iter().all(|token| is_blank(token))
        || (words <= GIVEN_UP_WORDS && size <= size_of(first) && size <= size_of(second))
}

/// Moves edits that only add or only remove to where a paragraph, line, sentence or word begins.
pub(super) fn slide(edits: &mut [Edit], old: &[&str], new: &[&str]) {
    for index in 0..edits.len() {
        // One equal token stays between two edits, so that they do not touch.
        let before = index.checked_sub(1).map_or(0, |before| edits[before].old.end + 1);
        let after = edits.get(index + 1).map_or(old.len(), |after| after.old.start - 1);
        let edit = &edits[index];
        let room = Room { left: edit.old.start - before, right: after - edit.old.end };
        let by = match (edit.old.is_empty(), edit.new.is_empty()) {
            (false, true) => best_slide(old, &edit.old, &room),
            (true, false) => best_slide(new, &edit.new, &room),
            _ => 0,
        };
        edits[index] = Edit { old: moved(&edit.old, by), new: moved(&edit.new, by) };
    }
}

/// How many equal tokens an edit may move over on each side.
struct Room {
    left: usize,
    right: usize,
}

/// By how many tokens to move `range`, without changing what the text without it reads.
fn best_slide(tokens: &[&str], range: &std::ops::Range<usize>, room: &Room) -> isize {
    let mut best = (boundary(tokens, range.start) + boundary(tokens, range.end), 0);
    let left = (1..=room.left.min(range.start))
        .take_while(|by| tokens[range.start - by] == tokens[range.end - by]);
    let right = (1..=room.right.min(tokens.len() - range.end))
        .take_while(|by| tokens[range.start + by - 1] == tokens[range.end + by - 1]);
    let steps = left.map(|by| -by.cast_signed()).chain(right.map(usize::cast_signed));
    for by in steps {
        let moved = moved(range, by);
        let score = boundary(tokens, moved.start) + boundary(tokens, moved.end);
        if score > best.0 {
            best = (score, by);
        }
    }
    best.1
}

/// How good an edge before the token at `index` reads.
fn boundary(tokens: &[&str], index: usize) -> u32 {
    let token = |back: usize| index.checked_sub(back).map(|index| tokens[index]);
    let Some(before) = token(1) else { return 6 };
    if index == tokens.len() {
        return 6;
    }
    if is_line_break(before) {
        return if token(2).is_some_and(is_line_break) { 5 } else { 4 };
    }
    if is_blank(before) {
        return if token(2).is_some_and(ends_sentence) { 3 } else { 2 };
    }
    u32::from(!is_word(before) || !is_word(tokens[index]))
}

fn moved(range: &std::ops::Range<usize>, by: isize) -> std::ops::Range<usize> {
    range.start.saturating_add_signed(by)..range.end.saturating_add_signed(by)
}

pub(super) fn ends_sentence(token: &str) -> bool {
    token.ends_with(['.', '!', '?', ':', '。', '！', '？', '؟'])
}

pub(super) fn is_line_break(token: &str) -> bool {
    token.starts_with(['\n', '\r'])
}

pub(super) fn is_blank(token: &str) -> bool {
    token.starts_with(char::is_whitespace)
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '{')
}

fn characters(tokens: &[&str]) -> usize {
    tokens.iter().map(|token| token.chars().count()).sum()
}
