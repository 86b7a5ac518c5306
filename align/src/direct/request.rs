//! What is asked of the alignment model.

use super::outcome::Problem;
use crate::exchange::asking;
use crate::exchange::echo;
use crate::exchange::label::Kind;
use crate::exchange::mark::Mark;
use crate::exchange::material::{self, Material};
use crate::exchange::offered::{self, Offered};
use crate::exchange::tags;
use crate::feedback::Feedback;
use crate::model::Conversation;
use crate::prompt::{Prompt, Values};

/// The instructions, with `MARK` where the mark goes.
const INSTRUCTIONS: &str = include_str!("instructions.md");

/// The instructions of the second try after a reply that was of no use.
const SIMPLEST_INSTRUCTIONS: &str = include_str!("simplest.md");

/// What that second try asks.
pub(super) const SIMPLEST_TASK: &str = "Write the new prompt.";

/// Asks for a rewrite of a prompt.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The prompt to rewrite.
    pub prompt: &'a Prompt,
    /// The values of the run. Values of other variables are not sent.
    pub values: &'a Values,
    /// What the run produced; `None` if there was no run.
    pub output: Option<&'a str>,
    /// What people said about the output. Feedback, guidelines, or both: at least one piece.
    pub feedback: &'a [Feedback],
    /// What the prompt should follow: the guidelines that are switched on.
    pub guidelines: &'a [Offered<'a>],
    /// A wish for this one of several drafts that are asked for together, so that they differ.
    pub variant: Option<&'a str>,
    /// The mark of this request.
    pub mark: &'a Mark,
}

impl<'a> Request<'a> {
    /// What to send to the alignment model. All text that people and models wrote stands between
    /// tags that it cannot close.
    pub fn conversation(&self) -> Conversation {
        let mark = self.safe_mark();
        asking::first(INSTRUCTIONS, &mark, &self.parts(&mark))
    }

    /// What to send after a `reply` that had a `problem`.
    ///
    /// A draft that breaks the contract is sent back with the problem named. A model whose reply was of no
    /// use could not follow the format: it is asked anew, for the revised prompt and nothing else.
    pub fn second_try(&self, reply: &str, problem: &Problem) -> Conversation {
        if matches!(problem, Problem::Unusable(_)) && !self.prompt.text.trim().is_empty() {
            return self.simplest();
        }
        let then = "Reply once more, completely and in the format of your instructions. Keep what \
                    was right in your rewrite and correct these problems.";
        asking::again(self.conversation(), reply, &problem.sentences(), &self.safe_mark(), then)
    }

    /// The shortest request that can work: no run, and no format to keep to. The system instructions stay
    /// as they are, so they are left out.
    fn simplest(&self) -> Conversation {
        let mark = self.safe_mark();
        let prompt = Prompt { system_instructions: String::new(), ..self.prompt.clone() };
        let material = Material { prompt: &prompt, values: &Values::new(), output: None };
        let mut parts = material.parts(&mark);
        parts.extend(self.demands(&mark));
        parts.push(format!("{SIMPLEST_TASK}\n"));
        asking::first(SIMPLEST_INSTRUCTIONS, &mark, &parts)
    }

    /// Whether a text of a reply only repeats what this request says to the model.
    pub(super) fn is_echo(&self, text: &str) -> bool {
        let known = format!("{}\n{}", self.prompt.system_instructions, self.prompt.text);
        [INSTRUCTIONS, SIMPLEST_INSTRUCTIONS].iter().any(|it| echo::is_echo(text, it, &known))
    }

    /// The mark, made longer should any of the texts hold it.
    pub(super) fn safe_mark(&self) -> Mark {
        let mut texts = self.material().texts();
        texts.extend(self.feedback.iter().flat_map(material::texts_of));
        texts.extend(self.guidelines.iter().map(|guideline| guideline.text));
        self.mark.absent_from(&texts)
    }

    fn parts(&self, mark: &Mark) -> Vec<String> {
        let mut parts = self.material().parts(mark);
        parts.extend(self.demands(mark));
        parts.push(self.task());
        parts
    }

    /// The feedback and the guidelines.
    fn demands(&self, mark: &Mark) -> Vec<String> {
        let material = self.material();
        let mut parts = Vec::new();
        for (place, feedback) in self.feedback.iter().enumerate() {
            let content = material.feedback(feedback, mark);
            let attribute = format!(" id=\"{}\"", Kind::Feedback.label(place));
            parts.push(tags::part(tags::FEEDBACK, &attribute, mark, &content));
        }
        if !self.guidelines.is_empty() {
            let guidelines = offered::list(self.guidelines);
            parts.push(tags::part(tags::GUIDELINES, "", mark, &guidelines));
        }
        parts
    }

    /// What is asked, and of one of several drafts, what makes it differ.
    fn task(&self) -> String {
        let what = match (self.feedback.is_empty(), self.guidelines.is_empty()) {
            (_, true) => "meets the feedback",
            (true, false) => "follows the guidelines",
            (false, false) => "meets the feedback and follows the guidelines",
        };
        let variant = self.variant.map(|variant| format!("{variant}\n")).unwrap_or_default();
        format!("Rewrite the prompt so that it {what}.\n{variant}")
    }

    fn material(&self) -> Material<'a> {
        Material { prompt: self.prompt, values: self.values, output: self.output }
    }
}
