//! What is asked of the alignment model when a person wants statements to choose from.

use serde::{Deserialize, Serialize};

use super::outcome::Unusable;
use crate::exchange::asking;
use crate::exchange::mark::Mark;
use crate::exchange::material::Material;
use crate::exchange::tags;
use crate::model::Conversation;
use crate::prompt::{Prompt, Values};

/// The instructions, with `MARK` where the mark goes and `TASK` where the tone goes.
const INSTRUCTIONS: &str = include_str!("suggest.md");

/// What stands in the place of an empty list of statements.
pub(super) const NOTHING_SAID: &str = "(nothing)";

/// What kind of statements to suggest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// What is wrong with the output.
    Critiques,
    /// What is good about it and must stay.
    Kudos,
}

impl Tone {
    /// What the statements are about.
    pub(super) fn task(self) -> &'static str {
        match self {
            Self::Critiques => "what the output should have done differently",
            Self::Kudos => "what the output does well and should go on doing",
        }
    }
}

/// Asks for statements about an output.
#[derive(Clone, Copy, Debug)]
pub struct Suggest<'a> {
    /// The prompt that ran.
    pub prompt: &'a Prompt,
    /// The values of the run. Values of other variables are not sent.
    pub values: &'a Values,
    /// What the run produced.
    pub output: &'a str,
    /// What kind of statements.
    pub tone: Tone,
    /// What need not be said again: guidelines, feedback, earlier suggestions.
    pub said: &'a [&'a str],
    /// The mark of this request.
    pub mark: &'a Mark,
}

impl<'a> Suggest<'a> {
    /// What to send to the alignment model.
    pub fn conversation(&self) -> Conversation {
        let mark = self.safe_mark();
        asking::first(&self.instructions(), &mark, &self.parts(&mark))
    }

    /// What the model is told, with `MARK` where the mark goes.
    pub(super) fn instructions(&self) -> String {
        INSTRUCTIONS.replace("TASK", self.tone.task())
    }

    /// What to send after a `reply` that was `unusable`: the same, the reply, and the problem named.
    pub fn second_try(&self, reply: &str, unusable: &Unusable) -> Conversation {
        let then = "Reply once more, completely and in the format of your instructions.";
        let problems = [unusable.to_string()];
        asking::again(self.conversation(), reply, &problems, &self.safe_mark(), then)
    }

    /// The mark, made longer should any of the texts hold it.
    pub(super) fn safe_mark(&self) -> Mark {
        let mut texts = self.material().texts();
        texts.extend(self.said);
        self.mark.absent_from(&texts)
    }

    fn parts(&self, mark: &Mark) -> Vec<String> {
        let mut parts = self.material().parts(mark);
        parts.push(tags::part(tags::SAID, "", mark, &self.listed()));
        parts.push(format!("Write three statements: {}.\n", self.tone.task()));
        parts
    }

    fn listed(&self) -> String {
        if self.said.is_empty() {
            return NOTHING_SAID.to_owned();
        }
        let lines =
            self.said.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn material(&self) -> Material<'a> {
        Material { prompt: self.prompt, values: self.values, output: Some(self.output) }
    }
}
