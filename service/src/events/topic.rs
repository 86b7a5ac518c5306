//! What events are about.

use align::record::PromptId;

/// What one can follow: its events come in one stream, and nothing else does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A prompt with its versions, runs, drafts, feedback and guidelines.
    Prompt(PromptId),
}

impl From<PromptId> for Topic {
    fn from(id: PromptId) -> Self {
        Self::Prompt(id)
    }
}
