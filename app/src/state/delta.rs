//! Text that arrives in pieces.

/// Appends a delta that begins at byte `offset`, leaving out what is there already. A delta behind a
/// gap is left out: the state event at the end holds everything.
pub(super) fn append(text: &mut String, offset: u64, delta: &str) {
    let known = text.len() as u64;
    let Some(seen) = known.checked_sub(offset) else { return };
    if let Some(new) = usize::try_from(seen).ok().and_then(|seen| delta.get(seen..)) {
        text.push_str(new);
    }
}

#[cfg(test)]
mod tests {
    use super::append;

    fn check(text: &str, offset: u64, delta: &str, expected: &str) {
        let mut text = text.to_owned();
        append(&mut text, offset, delta);
        assert_eq!(text, expected);
    }

    #[test]
    fn deltas_arrive_once_whatever_is_repeated() {
        check("", 0, "Hello", "Hello");
        check("Hello", 5, " you", "Hello you");
        check("Hello", 3, "lo you", "Hello you");
        check("Hello", 0, "Hello", "Hello");
        check("Hello", 9, "gap", "Hello");
        check("é", 1, "x", "é");
    }
}
