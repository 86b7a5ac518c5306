//! The parts of a reply, whatever shape it had.

/// What was found in a reply.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// What the model found in the prompt before it rewrote it.
    pub(super) diagnosis: String,
    /// Why the model changed what it changed.
    pub(super) rationale: String,
    /// The revised system instructions.
    pub(super) system_instructions: Option<String>,
    /// The revised prompt text.
    pub(super) text: Option<String>,
    /// The model says that nothing needs to change, and why.
    pub(super) no_change: Option<String>,
    /// Which words follow what, line by line.
    pub(super) followed: String,
    /// Which guidelines cannot be followed together, line by line.
    pub(super) conflicts: String,
    /// The revised prompt has a beginning but no end.
    pub(super) is_open: bool,
}

/// Whether revised system instructions only say that they stay as they are.
pub(super) fn means_same(system_instructions: &str) -> bool {
    let text = system_instructions
        .trim()
        .trim_matches(|c: char| "()[]<>*_.\"'-–—".contains(c))
        .to_lowercase();
    [
        "",
        "none",
        "null",
        "n/a",
        "empty",
        "unchanged",
        "no change",
        "no changes",
        "same",
        "same as before",
    ]
    .contains(&&*text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_no_system_instructions() {
        for text in ["", " \n", "(none)", "N/A", "Unchanged.", "*No change*"] {
            assert!(means_same(text), "{text:?}");
        }
        assert!(!means_same("None of your answers is longer than a line."));
    }
}
