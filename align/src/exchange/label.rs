//! The labels by which a request names what a reply may name: `G1` for a guideline, `F2` for feedback.
//!
//! A bare number is none, since models answer numbers for many reasons.

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Guideline,
    Feedback,
}

impl Kind {
    fn letter(self) -> char {
        match self {
            Self::Guideline => 'G',
            Self::Feedback => 'F',
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Guideline => "guideline",
            Self::Feedback => "feedback",
        }
    }

    /// The label of the one at `place`, from 0.
    pub(crate) fn label(self, place: usize) -> String {
        format!("{}{}", self.letter(), place + 1)
    }

    /// The place that a label names, with what models put around it: `[g2]`, `**G2**`,
    /// `Guideline G2.`
    pub(crate) fn place(self, text: &str) -> Option<usize> {
        let text = bare(text);
        let text = match text.split_once([' ', ':']) {
            Some((word, rest)) if self.is_noun(word) => bare(rest),
            _ => text,
        };
        let number = text.strip_prefix([self.letter(), self.letter().to_ascii_lowercase()])?;
        let is_number =
            !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
        number.parse::<usize>().ok().filter(|_| is_number)?.checked_sub(1)
    }

    fn is_noun(self, word: &str) -> bool {
        [self.noun(), "target", "id"].contains(&word.to_lowercase().as_str())
    }
}

fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_labels_are_labels() {
        let check = |text: &str, expected| {
            assert_eq!(Kind::Guideline.place(text), expected, "{text:?}");
        };
        check("G1", Some(0));
        check(" **g12** ", Some(11));
        check("[G2]", Some(1));
        check("Guideline G2.", Some(1));
        check("id: G3", Some(2));
        for none in
            ["", "2", "99", "0", "G0", "G", "G-1", "G1 or G2", "In 2 words: 1", "G2x", "G01", "F1"]
        {
            check(none, None);
        }
        assert_eq!(Kind::Feedback.place("F3"), Some(2));
        assert_eq!(Kind::Guideline.label(1), "G2");
    }
}
