//! What a person gives to learn from.

use crate::exchange::mark::Mark;
use crate::exchange::material::{self, Material};
use crate::exchange::tags;
use crate::feedback::Feedback;

/// What a guideline is distilled from.
#[derive(Clone, Copy, Debug)]
pub enum Evidence<'a> {
    /// What is wrong with the output.
    Critique(&'a Feedback),
    /// What is good about the output and must stay.
    Kudos(&'a Feedback),
    /// The output as the person corrected it.
    CorrectedOutput(&'a str),
}

impl<'a> Evidence<'a> {
    /// Every text of it, for a mark that none of them holds.
    pub(super) fn texts(&self) -> Vec<&'a str> {
        match self {
            Self::Critique(feedback) | Self::Kudos(feedback) => material::texts_of(feedback),
            Self::CorrectedOutput(text) => vec![text],
        }
    }

    /// Its part of a request.
    pub(super) fn part(&self, material: &Material<'_>, mark: &Mark) -> String {
        let (name, content) = match self {
            Self::Critique(feedback) => (tags::CRITIQUE, material.feedback(feedback, mark)),
            Self::Kudos(feedback) => (tags::KUDOS, material.feedback(feedback, mark)),
            Self::CorrectedOutput(text) => (tags::CORRECTED_OUTPUT, (*text).to_owned()),
        };
        tags::part(name, "", mark, &content)
    }

    /// The person's own words, which a guideline may repeat. A corrected output is no such text: it is
    /// an answer to one input.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Critique(feedback) | Self::Kudos(feedback) => {
                let span = feedback.span.as_ref().map_or("", |span| &span.exact);
                format!("{}\n{span}", feedback.text)
            }
            Self::CorrectedOutput(_) => String::new(),
        }
    }
}
