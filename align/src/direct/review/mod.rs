//! The rewrite contract: what a draft must keep of its base.

mod variables;

use super::finding::Finding;
use super::request::Request;
use crate::prompt::Prompt;

/// Holds `draft` against the contract. Use it again on a draft that a person edited.
pub fn review(base: &Prompt, draft: &Prompt, context: &Request<'_>) -> Vec<Finding> {
    variables::check(base, draft, context)
}

/// What a person can be told was kept.
pub fn kept(base: &Prompt, output: Option<&str>, findings: &[Finding]) -> Vec<&'static str> {
    let _ = (base, output, findings);
    Vec::new()
}
