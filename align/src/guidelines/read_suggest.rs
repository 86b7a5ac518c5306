//! The inverse of [`Suggest::conversation`](super::Suggest::conversation), for the demo model.

use super::suggest::{NOTHING_SAID, Tone};
use crate::exchange::asked::{Asked, ReadMaterial};
use crate::exchange::mark::Mark;
use crate::exchange::tags;
use crate::model::Conversation;

/// A request for suggestions, as a model finds it in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSuggest {
    /// The prompt that ran, and its run.
    pub material: ReadMaterial,
    /// What kind of statements.
    pub tone: Tone,
    /// What need not be said again.
    pub said: Vec<String>,
    /// Whether an earlier reply was sent back.
    pub is_second_try: bool,
    mark: Mark,
}

impl ReadSuggest {
    /// A reply in the format the request asks for.
    pub fn reply(&self, statements: &[String]) -> String {
        let parts =
            statements.iter().map(|text| tags::part(tags::SUGGESTION, "", &self.mark, text));
        parts.collect()
    }
}

/// Finds the request in a conversation; `None` if the conversation is something else.
pub fn read_suggest_request(conversation: &Conversation) -> Option<ReadSuggest> {
    let asked = Asked::find(conversation)?;
    let said = asked.part(tags::SAID)?;
    let said = if said == NOTHING_SAID { "" } else { said };
    let is_kudos = asked.task().contains(Tone::Kudos.task());
    Some(ReadSuggest {
        material: asked.material()?,
        tone: if is_kudos { Tone::Kudos } else { Tone::Critiques },
        said: said.lines().map(str::to_owned).collect(),
        is_second_try: asked.is_second_try,
        mark: asked.mark,
    })
}
