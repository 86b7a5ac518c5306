//! The inverse of [`Distil::conversation`](super::Distil::conversation), for the demo model.

use crate::exchange::asked::{Asked, ReadMaterial};
use crate::exchange::label::Kind;
use crate::exchange::mark::Mark;
use crate::exchange::tags;
use crate::feedback::Feedback;
use crate::model::Conversation;

/// A request to distil, as a model finds it in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadDistil {
    /// The prompt that ran, and its run.
    pub material: ReadMaterial,
    /// The guidelines there are.
    pub guidelines: Vec<String>,
    /// What the person gave.
    pub evidence: ReadEvidence,
    /// Whether an earlier reply was sent back.
    pub is_second_try: bool,
    mark: Mark,
}

/// What a person gave to learn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadEvidence {
    /// What is wrong with the output.
    Critique(Feedback),
    /// What is good about it.
    Kudos(Feedback),
    /// The output as the person corrected it.
    CorrectedOutput(String),
}

/// What a model decides. Guidelines are named by their place, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Add a guideline that says this.
    Add(String),
    /// Let a guideline say this.
    Edit(usize, String),
    /// Remove a guideline.
    Remove(usize),
    /// Change nothing.
    Nothing,
}

impl ReadDistil {
    /// A reply in the format the request asks for.
    pub fn reply(&self, decision: &Decision, reason: &str) -> String {
        let (verb, target, guideline) = match decision {
            Decision::Add(text) => ("add", None, Some(text)),
            Decision::Edit(place, text) => ("edit", Some(*place), Some(text)),
            Decision::Remove(place) => ("remove", Some(*place), None),
            Decision::Nothing => ("none", None, None),
        };
        let part = |name, content: &str| tags::part(name, "", &self.mark, content);
        let mut reply = part(tags::REASON, reason) + &part(tags::DECISION, verb);
        reply.extend(target.map(|place| part(tags::TARGET, &Self::label(place))));
        reply.extend(guideline.map(|text| part(tags::GUIDELINE, text)));
        reply
    }

    /// How a reason names the guideline at `place`, from 0.
    pub fn label(place: usize) -> String {
        Kind::Guideline.label(place)
    }
}

/// Finds the request in a conversation; `None` if the conversation is something else.
pub fn read_distil_request(conversation: &Conversation) -> Option<ReadDistil> {
    let asked = Asked::find(conversation)?;
    let critique =
        || asked.part(tags::CRITIQUE).map(|it| ReadEvidence::Critique(asked.feedback(it)));
    let kudos = || asked.part(tags::KUDOS).map(|it| ReadEvidence::Kudos(asked.feedback(it)));
    let corrected = || {
        let output = asked.part(tags::CORRECTED_OUTPUT)?;
        Some(ReadEvidence::CorrectedOutput(output.to_owned()))
    };
    Some(ReadDistil {
        material: asked.material()?,
        guidelines: asked.guidelines(),
        evidence: critique().or_else(kudos).or_else(corrected)?,
        is_second_try: asked.is_second_try,
        mark: asked.mark,
    })
}
