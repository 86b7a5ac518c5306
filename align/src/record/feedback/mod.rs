//! Feedback that a person keeps beside a run until a draft takes it up.

use serde::{Deserialize, Serialize};

use crate::feedback::Feedback;
use crate::record::{RunId, Timestamp, id};

id! {
    /// Identifies a piece of feedback.
    FeedbackId
}

/// A piece of feedback with its place: the run it is about and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedFeedback {
    /// Its identifier.
    pub id: FeedbackId,
    /// The run whose output it is about.
    pub run_id: RunId,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// What it says, and about which span.
    pub feedback: Feedback,
}
