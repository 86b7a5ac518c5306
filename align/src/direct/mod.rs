//! The direct workflow: one call turns an output and feedback on it into a draft.

mod finding;

pub use finding::{Finding, FindingKind};
