//! Rule 1: exactly the variables of the base, unless the feedback asks for a change.

use super::{Asked, Shown};
use crate::direct::finding::{Finding, FindingKind};
use crate::prompt::Prompt;

impl FindingKind {
    pub(super) fn is_about_variables(self) -> bool {
        matches!(self, Self::VariableLost | Self::VariableInvented)
    }
}

pub(super) fn check(
    base: &Prompt,
    draft: &Prompt,
    asked: &Asked,
    shown: &Shown<'_>,
) -> Vec<Finding> {
    let (old, new) = (base.variables(), draft.variables());
    let lost = old.iter().filter(|name| !new.contains(name) && !asked.drops(name)).map(|name| {
        let message = format!("The variable {{{name}}} is gone{}.", what_became_of(name, draft));
        let source = shown.asks_to_drop(&format!("{{{name}}}"));
        Finding::new(FindingKind::VariableLost, message).asked_by(source)
    });
    let invented = new.iter().filter(|name| !old.contains(name) && !asked.adds(name)).map(|name| {
        let message = format!("The variable {{{name}}} is new: the prompt did not have it.");
        let source = shown.asks_for(&format!("{{{name}}}"));
        Finding::new(FindingKind::VariableInvented, message).asked_by(source)
    });
    lost.chain(invented).collect()
}

/// Says how a lost variable is written now, if it is in another tool's syntax.
fn what_became_of(name: &str, draft: &Prompt) -> String {
    let forms = [
        format!("{{{{{name}}}}}"),
        format!("${{{name}}}"),
        format!("[{name}]"),
        format!("<{name}>"),
        format!("{{ {name} }}"),
    ];
    let holds =
        |form: &&String| draft.text.contains(*form) || draft.system_instructions.contains(*form);
    forms.iter().find(holds).map_or_else(String::new, |form| format!(": it is written {form} now"))
}
