//! Why nothing in a reply can be used.

use crate::exchange::thoughts::Blank;
use crate::model::{Failure, FailureKind};

/// Why nothing in a reply can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// There is no text in it.
    #[error("The alignment model answered nothing.")]
    Empty,
    /// It holds the model's thoughts and nothing after them.
    #[error("The alignment model sent its thoughts but no answer.")]
    OnlyThoughts,
    /// The model declined; holds its first sentence.
    #[error("The alignment model declined: “{0}”")]
    Refusal(String),
    /// It ended before it was complete.
    #[error("The reply was cut off before it was complete.")]
    CutShort,
    /// It is text, but says nothing of what was asked.
    #[error("The reply does not decide between add, edit, remove and none.")]
    NoDecision,
    /// It says two things that cannot both be meant.
    #[error("The reply contradicts itself: {0}.")]
    Contradiction(String),
    /// It edits or removes a guideline and does not say which.
    #[error("The reply does not say which guideline it is about.")]
    NoTarget,
    /// It names a guideline that was not offered; holds what it wrote.
    #[error("The reply names no guideline that there is: “{0}”.")]
    UnknownGuideline(String),
    /// The guideline is missing, or is nothing a prompt could follow.
    #[error("The reply holds no text of a guideline.")]
    NoGuideline,
    /// The guideline is longer than this many characters.
    #[error("The guideline is longer than {0} characters.")]
    TooLong(usize),
    /// It holds no statement that could be suggested.
    #[error("The reply holds no suggestions.")]
    NoSuggestions,
}

impl Unusable {
    /// What a person can do about it, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::OnlyThoughts | Self::CutShort => {
                "Choose an alignment model that may write longer answers, or shorten the prompt."
            }
            Self::Refusal(_) => "Word it differently, or choose another alignment model.",
            Self::NoSuggestions => "Suggest again, or write your own.",
            _ => "Try again, choose another alignment model, or write the guideline by hand.",
        }
    }

    /// The same as a failure that is kept and shown.
    pub fn failure(&self) -> Failure {
        let kind = match self {
            Self::CutShort => FailureKind::CutShort,
            _ => FailureKind::Unusable,
        };
        Failure::new(kind, self.to_string(), self.hint())
    }
}

impl From<Blank> for Unusable {
    fn from(blank: Blank) -> Self {
        match blank {
            Blank::Empty => Self::Empty,
            Blank::OnlyThoughts => Self::OnlyThoughts,
        }
    }
}
