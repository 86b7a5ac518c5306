//! Rule 1: exactly the variables of the base.

use crate::direct::finding::{Finding, FindingKind};
use crate::direct::request::Request;
use crate::prompt::Prompt;

pub(super) fn check(base: &Prompt, draft: &Prompt, context: &Request<'_>) -> Vec<Finding> {
    let (old, new) = (base.variables(), draft.variables());
    let _ = context;
    let lost = old.iter().filter(|name| !new.contains(name)).map(|name| Finding {
        kind: FindingKind::VariableLost(name.clone()),
        message: format!("The variable {{{name}}} is gone."),
    });
    let invented = new.iter().filter(|name| !old.contains(name)).map(|name| Finding {
        kind: FindingKind::VariableInvented(name.clone()),
        message: format!("The variable {{{name}}} is new."),
    });
    lost.chain(invented).collect()
}
