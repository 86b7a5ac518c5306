//! One call of a model and the stream that answers it.

use std::pin::Pin;

use align::model::{Conversation, FinishReason, Settings, Usage};
use align::record::Waiting;
use futures_util::Stream;

use crate::error::ModelError;
use crate::form::Form;

/// What to send to one model.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The provider's own name of the model.
    pub model: String,
    /// The conversation so far, the last message by the user.
    pub conversation: Conversation,
    /// Settings; what is `None` or empty is left to the provider.
    pub settings: Settings,
    /// How to ask, after what the model refused before.
    pub form: Form,
}

/// Whose turn is next where calls wait for a provider.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Priority {
    /// A person waits for the answer: before everything that runs in bulk.
    #[default]
    Interactive,
    /// One of many calls that nobody waits for.
    Bulk,
}

/// One event of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamEvent {
    /// The call waits for its turn or for another try; only before anything of the answer arrived.
    Waiting(Waiting),
    /// The request is on its way, after a wait.
    Asking,
    /// The system instructions were sent in front of the first message: the model takes none.
    InstructionsMoved,
    /// More text of the answer; never empty.
    Text(String),
    /// More of the model's thoughts, which are not part of the answer; never empty.
    Thought(String),
    /// All text so far was a thought: the model marked only where its thoughts end.
    TextWasThought,
    /// The answer is complete. Always the last event, exactly once, unless an error is the last.
    Done {
        /// Why it ended.
        finish: FinishReason,
        /// Tokens, where the provider counts them.
        usage: Option<Usage>,
    },
}

/// An answer as it arrives. Its last item is [`StreamEvent::Done`] or an error. Dropping it closes
/// the connection and so cancels the call.
pub type ModelStream = Pin<Box<dyn Stream<Item = Result<StreamEvent, ModelError>> + Send>>;

/// The stop sequences that say something.
pub(crate) fn stop_sequences(settings: &Settings) -> Vec<&str> {
    settings.stop_sequences.iter().map(String::as_str).filter(|text| !text.is_empty()).collect()
}
