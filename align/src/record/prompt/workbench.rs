//! Everything a workbench needs to show itself.

use serde::{Deserialize, Serialize};

use crate::record::{
    Consultation, Draft, EventId, Guideline, PlacedFeedback, PromptHead, Run, Version, WorkingCopy,
};

/// The snapshot a page starts from; events after `cursor` bring it up to date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workbench {
    /// Title, tags, models, settings.
    pub head: PromptHead,
    /// The newest version; `None` before the first.
    pub newest: Option<Version>,
    /// What is typed.
    pub working_copy: WorkingCopy,
    /// The newest run.
    pub run: Option<Run>,
    /// The newest run with output on an earlier version than `run`, to compare with.
    pub before: Option<Run>,
    /// Feedback kept on `run`, oldest first.
    pub feedback: Vec<PlacedFeedback>,
    /// Drafts on the newest version, and those on earlier ones that still wait for a decision,
    /// oldest first.
    pub drafts: Vec<Draft>,
    /// The guidelines, in their order.
    pub guidelines: Vec<Guideline>,
    /// Consultations that go on or wait for a person, oldest first, the newest 20.
    pub consultations: Vec<Consultation>,
    /// The place in the event stream that this snapshot includes.
    pub cursor: EventId,
}
