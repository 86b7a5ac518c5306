//! The inverse of [`Request::conversation`](super::Request::conversation), for the demo model.

use super::request::SIMPLEST_TASK;
use crate::exchange::asked::{Asked, ReadMaterial};
use crate::exchange::label::Kind;
use crate::exchange::mark::Mark;
use crate::exchange::tags;
use crate::feedback::Feedback;
use crate::model::Conversation;

/// A request as a model finds it in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRequest {
    /// The prompt to rewrite, and its run.
    pub material: ReadMaterial,
    /// What people said.
    pub feedback: Vec<Feedback>,
    /// What the prompt should follow.
    pub guidelines: Vec<String>,
    /// What is asked, in the words behind all parts.
    pub task: String,
    /// Whether an earlier reply was sent back.
    pub is_second_try: bool,
    mark: Mark,
}

impl ReadRequest {
    /// A reply in the format the request asks for. An empty `diagnosis` is left out; without
    /// `system_instructions` they stay. `followed` names the words that meet each piece of feedback and
    /// each guideline.
    pub fn reply(
        &self,
        diagnosis: &str,
        rationale: &str,
        system_instructions: Option<&str>,
        text: &str,
        followed: &[(Followed, &str)],
    ) -> String {
        let part = |name, content| tags::part(name, "", &self.mark, content);
        let mut reply = String::new();
        if !diagnosis.is_empty() {
            reply += &part(tags::DIAGNOSIS, diagnosis);
        }
        reply += &part(tags::RATIONALE, rationale);
        if let Some(system_instructions) = system_instructions {
            reply += &part(tags::REVISED_SYSTEM_INSTRUCTIONS, system_instructions);
        }
        reply += &part(tags::REVISED_PROMPT, text);
        if !followed.is_empty() {
            let lines: Vec<_> =
                followed.iter().map(|(it, words)| format!("{}: {words}", it.label())).collect();
            reply += &part(tags::FOLLOWED, &lines.join("\n"));
        }
        reply
    }

    /// The reply that some guidelines cannot be followed together: their places from 0, and why.
    pub fn conflicts(&self, conflicts: &[(Vec<usize>, String)]) -> String {
        let lines = conflicts.iter().map(|(places, reason)| {
            let labels: Vec<_> = places.iter().map(|place| Kind::Guideline.label(*place)).collect();
            format!("{}: {reason}", labels.join(", "))
        });
        let lines: Vec<_> = lines.collect();
        tags::part(tags::CONFLICTS, "", &self.mark, &lines.join("\n"))
    }

    /// The reply that nothing needs to change.
    pub fn no_change(&self, reason: &str) -> String {
        tags::part(tags::NO_CHANGE, "", &self.mark, reason)
    }
}

/// A piece of feedback or a guideline, by its place from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// A piece of feedback.
    Feedback(usize),
    /// A guideline.
    Guideline(usize),
}

impl Followed {
    /// How a diagnosis names it.
    pub fn label(self) -> String {
        match self {
            Self::Feedback(place) => Kind::Feedback.label(place),
            Self::Guideline(place) => Kind::Guideline.label(place),
        }
    }
}

/// Finds the request in a conversation; `None` if the conversation is something else.
pub fn read_request(conversation: &Conversation) -> Option<ReadRequest> {
    let asked = Asked::find(conversation)?;
    if tags::OTHER_TASKS.iter().any(|name| asked.part(name).is_some()) {
        return None;
    }
    let feedback = asked.parts(tags::FEEDBACK);
    Some(ReadRequest {
        material: asked.material()?,
        feedback: feedback.iter().map(|part| asked.feedback(part.content)).collect(),
        guidelines: asked.guidelines(),
        task: asked.task().to_owned(),
        is_second_try: asked.is_second_try || asked.task() == SIMPLEST_TASK,
        mark: asked.mark,
    })
}
