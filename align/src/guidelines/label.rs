//! The labels by which a request names guidelines: `G1`, `G2`, …
//!
//! A bare number is none, since models answer numbers for many reasons.

/// The label of the guideline at `place`, from 0.
pub(super) fn label(place: usize) -> String {
    format!("G{}", place + 1)
}

/// The place that a label names, with what models put around it: `[g2]`, `**G2**`, `Guideline G2.`
pub(super) fn place(text: &str) -> Option<usize> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let text = match text.split_once([' ', ':']) {
        Some((word, rest)) if is_noun(word) => rest.trim_matches(|c: char| !c.is_alphanumeric()),
        _ => text,
    };
    let number = text.strip_prefix(['G', 'g'])?;
    let is_number = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse::<usize>().ok().filter(|_| is_number)?.checked_sub(1)
}

fn is_noun(word: &str) -> bool {
    ["guideline", "target", "id"].contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_labels_are_labels() {
        let check = |text: &str, expected| assert_eq!(place(text), expected, "{text:?}");
        check("G1", Some(0));
        check(" **g12** ", Some(11));
        check("[G2]", Some(1));
        check("Guideline G2.", Some(1));
        check("id: G3", Some(2));
        for none in
            ["", "2", "99", "0", "G0", "G", "G-1", "G1 or G2", "In 2 words: 1", "G2x", "G01"]
        {
            check(none, None);
        }
        assert_eq!(label(1), "G2");
    }
}
