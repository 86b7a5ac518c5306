//! The delimiters of requests and replies: `<name-mark>` on a line of its own, the content,
//! `</name-mark>`.

use super::mark::Mark;

/// Names of the parts of a request.
pub(crate) const SYSTEM_INSTRUCTIONS: &str = "current_system_instructions";
pub(crate) const PROMPT: &str = "current_prompt";
pub(crate) const VARIABLES: &str = "variables";
pub(crate) const VALUE: &str = "value";
pub(crate) const OUTPUT: &str = "output";
pub(crate) const FEEDBACK: &str = "feedback";
pub(crate) const QUOTE: &str = "quote";
pub(crate) const QUOTE_BEFORE: &str = "quote_before";
pub(crate) const QUOTE_AFTER: &str = "quote_after";
pub(crate) const PROBLEMS: &str = "problems";
pub(crate) const GUIDELINES: &str = "guidelines";
pub(crate) const CRITIQUE: &str = "critique";
pub(crate) const KUDOS: &str = "kudos";
pub(crate) const CORRECTED_OUTPUT: &str = "corrected_output";
pub(crate) const SAID: &str = "said_already";

/// Parts that only requests about guidelines have, by which they are told from rewrites.
pub(crate) const OTHER_TASKS: [&str; 4] = [CRITIQUE, KUDOS, CORRECTED_OUTPUT, SAID];

/// Names of the parts of a reply.
pub(crate) const DIAGNOSIS: &str = "diagnosis";
pub(crate) const RATIONALE: &str = "rationale";
pub(crate) const REVISED_SYSTEM_INSTRUCTIONS: &str = "revised_system_instructions";
pub(crate) const REVISED_PROMPT: &str = "revised_prompt";
pub(crate) const SELF_CHECK: &str = "self_check";
pub(crate) const NO_CHANGE: &str = "no_change";
pub(crate) const FOLLOWED: &str = "followed";
pub(crate) const CONFLICTS: &str = "conflicts";
pub(crate) const DECISION: &str = "decision";
pub(crate) const TARGET: &str = "target";
pub(crate) const GUIDELINE: &str = "guideline";
pub(crate) const REASON: &str = "reason";
pub(crate) const SUGGESTION: &str = "suggestion";

/// One part, ready to be sent. `attribute` is ours (a variable's name), never a person's text.
pub(crate) fn part(name: &str, attribute: &str, mark: &Mark, content: &str) -> String {
    format!("<{name}-{mark}{attribute}>\n{content}\n</{name}-{mark}>\n")
}

/// A part found by [`find_part`].
pub(crate) struct Part<'a> {
    /// What stands between the name and `>`.
    pub(crate) attribute: &'a str,
    /// What stands between the tags, exactly as it was given to [`part`].
    pub(crate) content: &'a str,
    /// What follows the part.
    pub(crate) rest: &'a str,
}

/// Finds the first part called `name`, the exact inverse of [`part`].
pub(crate) fn find_part<'a>(text: &'a str, name: &str, mark: &Mark) -> Option<Part<'a>> {
    let (_, after) = text.split_once(&format!("<{name}-{mark}"))?;
    let (attribute, after) = after.split_once(">\n")?;
    let (content, rest) = after.split_once(&format!("\n</{name}-{mark}>"))?;
    Some(Part { attribute, content, rest })
}
