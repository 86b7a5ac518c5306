//! What is asked of the alignment model.

use super::outcome::Problem;
use crate::exchange::mark::Mark;
use crate::exchange::material::{self, Material};
use crate::exchange::tags;
use crate::feedback::Feedback;
use crate::model::{Conversation, Message};
use crate::prompt::{Prompt, Values};

/// The instructions, with `MARK` where the mark goes.
const INSTRUCTIONS: &str = include_str!("instructions.md");

/// Asks for a rewrite of a prompt.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The prompt to rewrite.
    pub prompt: &'a Prompt,
    /// The values of the run. Values of other variables are not sent.
    pub values: &'a Values,
    /// What the run produced; `None` if there was no run.
    pub output: Option<&'a str>,
    /// What people said, at least one piece.
    pub feedback: &'a [Feedback],
    /// The mark of this request.
    pub mark: &'a Mark,
}

impl<'a> Request<'a> {
    /// What to send to the alignment model. All text that people and models wrote stands between
    /// tags that it cannot close.
    pub fn conversation(&self) -> Conversation {
        let mark = self.safe_mark();
        Conversation {
            system_instructions: INSTRUCTIONS.replace("MARK", mark.as_str()),
            messages: vec![Message::user(self.message(&mark))],
        }
    }

    /// What to send after a `reply` that had a `problem`: the same, the reply, and the problem named.
    pub fn second_try(&self, reply: &str, problem: &Problem) -> Conversation {
        let then = "Reply once more, completely and in the format of your instructions. Keep what \
                    was right in your rewrite and correct these problems.";
        material::again(self.conversation(), reply, &problem.sentences(), &self.safe_mark(), then)
    }

    /// The mark, made longer should any of the texts hold it.
    pub(super) fn safe_mark(&self) -> Mark {
        let mut texts = self.material().texts();
        texts.extend(self.feedback.iter().flat_map(material::texts_of));
        self.mark.absent_from(&texts)
    }

    fn message(&self, mark: &Mark) -> String {
        let material = self.material();
        let mut parts = material.parts(mark);
        for feedback in self.feedback {
            let content = material.feedback(feedback, mark);
            parts.push(tags::part(tags::FEEDBACK, "", mark, &content));
        }
        parts.push("Rewrite the prompt so that it meets the feedback.\n".to_owned());
        parts.join("\n")
    }

    fn material(&self) -> Material<'a> {
        Material { prompt: self.prompt, values: self.values, output: self.output }
    }
}
