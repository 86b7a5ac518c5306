//! The delimiters of requests and replies: `<name-mark>` on a line of its own, the content,
//! `</name-mark>`.

use super::mark::Mark;

/// Names of the parts of a request.
pub(super) const SYSTEM_INSTRUCTIONS: &str = "current_system_instructions";
pub(super) const PROMPT: &str = "current_prompt";
pub(super) const VARIABLES: &str = "variables";
pub(super) const VALUE: &str = "value";
pub(super) const OUTPUT: &str = "output";
pub(super) const FEEDBACK: &str = "feedback";
pub(super) const QUOTE: &str = "quote";
pub(super) const QUOTE_BEFORE: &str = "quote_before";
pub(super) const QUOTE_AFTER: &str = "quote_after";
pub(super) const PROBLEMS: &str = "problems";

/// Names of the parts of a reply.
pub(super) const RATIONALE: &str = "rationale";
pub(super) const REVISED_SYSTEM_INSTRUCTIONS: &str = "revised_system_instructions";
pub(super) const REVISED_PROMPT: &str = "revised_prompt";
pub(super) const NO_CHANGE: &str = "no_change";

/// One part, ready to be sent. `attribute` is ours (a variable's name), never a person's text.
pub(super) fn part(name: &str, attribute: &str, mark: &Mark, content: &str) -> String {
    format!("<{name}-{mark}{attribute}>\n{content}\n</{name}-{mark}>\n")
}

/// A part found by [`find_part`].
pub(super) struct Part<'a> {
    /// What stands between the name and `>`.
    pub(super) attribute: &'a str,
    /// What stands between the tags, exactly as it was given to [`part`].
    pub(super) content: &'a str,
    /// What follows the part.
    pub(super) rest: &'a str,
}

/// Finds the first part called `name`, the exact inverse of [`part`].
pub(super) fn find_part<'a>(text: &'a str, name: &str, mark: &Mark) -> Option<Part<'a>> {
    let (_, after) = text.split_once(&format!("<{name}-{mark}"))?;
    let (attribute, after) = after.split_once(">\n")?;
    let (content, rest) = after.split_once(&format!("\n</{name}-{mark}>"))?;
    Some(Part { attribute, content, rest })
}
