//! Guidelines: what a prompt should follow, as a team reads it and argues about it.

use serde::{Deserialize, Serialize};

use super::id;

id! {
    /// Identifies a guideline.
    GuidelineId
}

/// Guidelines that cannot all be followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// At least two.
    pub guidelines: Vec<GuidelineId>,
    /// Why not, in a sentence; may be empty.
    pub reason: String,
}
