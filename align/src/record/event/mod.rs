//! What changes while people look: the events of a topic.

use serde::{Deserialize, Serialize};

use crate::record::{
    Consultation, ConsultationId, Draft, DraftId, FeedbackId, Guideline, PlacedFeedback,
    PromptHead, Run, RunId, Version, Waiting,
};

/// The place of an event in the stream of its topic, written `{epoch}-{sequence}`.
///
/// The epoch names one start of the server: after a restart old places mean nothing, and a page
/// that asks to continue from one is sent back to the snapshot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventId {
    /// Start of the server.
    pub epoch: u64,
    /// Counts events from 1 in one series for all topics; 0 is before the first.
    pub sequence: u64,
}

impl std::fmt::Display for EventId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.epoch, self.sequence)
    }
}

impl EventId {
    /// Reads the written form; `None` if it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let (epoch, sequence) = text.split_once('-')?;
        Some(Self { epoch: epoch.parse().ok()?, sequence: sequence.parse().ok()? })
    }
}

/// Something that happened to what a page follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A run started or changed its state; holds everything about it.
    Run(Box<Run>),
    /// More of a run's output arrived.
    RunDelta {
        /// The run.
        run_id: RunId,
        /// Bytes of output before this delta, so that a repeated delta is noticed.
        offset: u64,
        /// The new text.
        text: String,
        /// Milliseconds from the start to the first token.
        first_token_ms: u32,
    },
    /// More of the thoughts behind a run's output arrived.
    RunThought {
        /// The run.
        run_id: RunId,
        /// Bytes of thoughts before this delta.
        offset: u64,
        /// The new text.
        text: String,
    },
    /// A run waits, or no longer does.
    RunWaiting {
        /// The run.
        run_id: RunId,
        /// What it waits for; `None` when a request is on its way.
        waiting: Option<Waiting>,
    },
    /// A draft started or changed its state; holds everything about it.
    Draft(Box<Draft>),
    /// More of a draft's reply arrived.
    DraftDelta {
        /// The draft.
        draft_id: DraftId,
        /// Which try it belongs to, 1 or 2.
        tries: u8,
        /// Bytes of the reply before this delta.
        offset: u64,
        /// The new text.
        text: String,
    },
    /// A draft waits, or no longer does.
    DraftWaiting {
        /// The draft.
        draft_id: DraftId,
        /// What it waits for; `None` when a request is on its way.
        waiting: Option<Waiting>,
    },
    /// The guidelines changed; holds the whole list in its order.
    Guidelines(Vec<Guideline>),
    /// A consultation started or changed its state; holds everything about it.
    Consultation(Box<Consultation>),
    /// A consultation waits, or no longer does.
    ConsultationWaiting {
        /// The consultation.
        consultation_id: ConsultationId,
        /// What it waits for; `None` when a request is on its way.
        waiting: Option<Waiting>,
    },
    /// A version was made.
    Version(Box<Version>),
    /// A piece of feedback was kept or changed.
    Feedback(PlacedFeedback),
    /// A piece of feedback was removed or taken up by an accepted draft.
    FeedbackGone(FeedbackId),
    /// Title, tags, models or settings changed.
    Head(Box<PromptHead>),
    /// Typed text was saved by the page that names itself so; others may follow.
    WorkingCopy {
        /// The page that saved.
        page: String,
        /// The revision it made.
        revision: u64,
    },
    /// The prompt was deleted.
    Deleted,
    /// The listener is too far behind: load the snapshot and listen from there.
    Reset,
}
