//! Guidelines: what a prompt should follow, as a team reads it and argues about it.

use super::id;

id! {
    /// Identifies a guideline.
    GuidelineId
}
