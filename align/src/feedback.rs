//! What a person says about an output, in plain words.

use serde::{Deserialize, Serialize};

/// One piece of feedback: a statement about the whole output or about a span of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// What the person wrote. Never empty in a request.
    pub text: String,
    /// The part of the output it is about; `None` for the whole output.
    pub span: Option<Span>,
}

impl Feedback {
    /// Feedback on the whole output.
    pub fn whole(text: impl Into<String>) -> Self {
        Self { text: text.into(), span: None }
    }
}

/// A span of an output, found again by its words rather than by offsets, so that it means the
/// same in raw text and in rendered Markdown (W3C Web Annotation "TextQuoteSelector").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The selected text. Never empty.
    pub exact: String,
    /// Up to 32 characters before it.
    pub prefix: String,
    /// Up to 32 characters after it.
    pub suffix: String,
}
