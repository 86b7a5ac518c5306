//! What is asked of the alignment model about one piece of evidence.

use super::distillation::Problem;
use super::evidence::Evidence;
use crate::exchange::asking;
use crate::exchange::label::Kind;
use crate::exchange::mark::Mark;
use crate::exchange::material::Material;
use crate::exchange::offered::{self, Offered};
use crate::exchange::tags;
use crate::model::Conversation;
use crate::prompt::{Prompt, Values};

/// The instructions, with `MARK` where the mark goes.
pub(super) const INSTRUCTIONS: &str = include_str!("distil.md");

/// Asks what evidence means for the guidelines of a prompt.
#[derive(Clone, Copy, Debug)]
pub struct Distil<'a> {
    /// The prompt that ran.
    pub prompt: &'a Prompt,
    /// The values of the run. Values of other variables are not sent.
    pub values: &'a Values,
    /// What the run produced.
    pub output: &'a str,
    /// All guidelines of the prompt, also those that are switched off: they are said already.
    pub guidelines: &'a [Offered<'a>],
    /// What the person gave.
    pub evidence: Evidence<'a>,
    /// The mark of this request.
    pub mark: &'a Mark,
}

impl<'a> Distil<'a> {
    /// What to send to the alignment model. All text that people and models wrote stands between
    /// tags that it cannot close.
    pub fn conversation(&self) -> Conversation {
        let mark = self.safe_mark();
        asking::first(INSTRUCTIONS, &mark, &self.parts(&mark))
    }

    /// What to send after a `reply` that had a `problem`: the same, the reply, and the problem named.
    pub fn second_try(&self, reply: &str, problem: &Problem) -> Conversation {
        let then = match self.guidelines.len() {
            0 => "There are no guidelines to edit or remove. ".to_owned(),
            1 => "The only label there is: G1. ".to_owned(),
            count => format!("The labels there are: G1 to {}. ", Kind::Guideline.label(count - 1)),
        } + "Reply once more, completely and in the format of your instructions.";
        asking::again(self.conversation(), reply, &problem.sentences(), &self.safe_mark(), &then)
    }

    /// The mark, made longer should any of the texts hold it.
    pub(super) fn safe_mark(&self) -> Mark {
        let mut texts = self.material().texts();
        texts.extend(self.guidelines.iter().map(|guideline| guideline.text));
        texts.extend(self.evidence.texts());
        self.mark.absent_from(&texts)
    }

    fn parts(&self, mark: &Mark) -> Vec<String> {
        let material = self.material();
        let mut parts = material.parts(mark);
        let guidelines = offered::list(self.guidelines);
        parts.push(tags::part(tags::GUIDELINES, "", mark, &guidelines));
        parts.push(self.evidence.part(&material, mark));
        parts.push("Decide what this means for the guidelines.\n".to_owned());
        parts
    }

    fn material(&self) -> Material<'a> {
        Material { prompt: self.prompt, values: self.values, output: Some(self.output) }
    }
}
