//! The four outcomes of a distillation, as models write them.

/// What to do with the guidelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Add,
    Edit,
    Remove,
    Nothing,
}

const WORDS: [(Verb, &[&str]); 4] = [
    (Verb::Add, &["add", "adding", "create"]),
    (Verb::Edit, &["edit", "editing", "update", "modify", "revise"]),
    (Verb::Remove, &["remove", "removing", "delete", "drop"]),
    (Verb::Nothing, &["none", "nothing", "no", "no_change", "unchanged", "keep"]),
];

impl Verb {
    /// Reads a decision and what stands behind it, such as the label in "edit G2". `None` where it is
    /// no decision, or more than one.
    pub(super) fn read(decision: &str) -> Option<(Self, &str)> {
        let decision = decision.trim().trim_matches(|c: char| !c.is_alphanumeric());
        let (first, rest) = decision.split_once(|c: char| !is_inside(c)).unwrap_or((decision, ""));
        let verb = Self::of(first)?;
        let others = rest.split(|c: char| !is_inside(c)).filter_map(Self::of);
        // "no change", "none: nothing to add" say the same twice.
        let is_clear = verb == Self::Nothing || others.clone().all(|other| other == verb);
        let is_offer = verb == Self::Nothing && others.count() > 2;
        (is_clear && !is_offer).then_some((verb, rest.trim()))
    }

    fn of(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        WORDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(verb, _)| *verb)
    }
}

fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a part only says that there is nothing in it.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    ["", "none", "null", "n/a", "na", "nothing", "empty", "not applicable"].contains(&text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_decision_is_read_and_two_are_not() {
        let check = |text: &str, expected: Option<(Verb, &str)>| {
            assert_eq!(Verb::read(text), expected, "{text:?}");
        };
        check("add", Some((Verb::Add, "")));
        check(" **Edit** ", Some((Verb::Edit, "")));
        check("edit G2", Some((Verb::Edit, "G2")));
        check("REMOVE: G1", Some((Verb::Remove, "G1")));
        check("no change", Some((Verb::Nothing, "change")));
        check("none, there is nothing to add", Some((Verb::Nothing, "there is nothing to add")));
        for none in
            ["", "add or edit", "add, edit, remove or none", "99", "maybe add", "remove, then add"]
        {
            check(none, None);
        }
        assert!(is_nothing("(None)") && is_nothing("—") && !is_nothing("G1"));
    }
}
