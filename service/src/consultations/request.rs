//! What the alignment model is asked about a run, of either kind, and what its reply says.

use align::Prompt;
use align::direct::Mark;
use align::guidelines::{
    Change, Distil, Distillation, Offered, Problem, Suggest, Unusable, better_of,
    read_distillation, read_suggestions,
};
use align::model::Conversation;
use align::record::{Answer, Guideline, GuidelineId, Question, Run};
use store::Outcome;

use crate::jobs::Reply;

/// What the model is shown.
pub(super) struct ConsultationInputs {
    /// The version that ran.
    pub(super) prompt: Prompt,
    /// The run.
    pub(super) run: Run,
    /// The guidelines of the prompt, also those that are switched off.
    pub(super) guidelines: Vec<Guideline>,
    /// What need not be suggested, besides the guidelines.
    pub(super) said: Vec<String>,
    /// The mark of the delimiters.
    pub(super) mark: Mark,
}

/// What a usable reply says.
pub(super) enum Found {
    /// What to do with the guidelines.
    Distilled(Distillation),
    /// Statements to take up.
    Suggested(Vec<String>),
}

/// What a reply is read as.
pub(super) type Reading = Result<Found, Unusable>;

/// Which of two readings to go on with.
pub(super) fn better(first: Reading, second: Reading) -> Reading {
    match (first, second) {
        (Ok(Found::Distilled(first)), Ok(Found::Distilled(second))) => {
            better_of(Ok(first), Ok(second)).map(Found::Distilled)
        }
        (Ok(first), Err(_)) => Ok(first),
        (_, second) => second,
    }
}

/// What is sent, of either kind.
pub(super) enum ConsultationRequest<'a> {
    /// What evidence means for the guidelines.
    Distil(Distil<'a>),
    /// What could be said about the output.
    Suggest(Suggest<'a>),
}

impl ConsultationRequest<'_> {
    /// The first message.
    pub(super) fn conversation(&self) -> Conversation {
        match self {
            Self::Distil(distil) => distil.conversation(),
            Self::Suggest(suggest) => suggest.conversation(),
        }
    }

    /// Reads a complete reply.
    pub(super) fn read(&self, Reply { text, finish }: &Reply) -> Reading {
        match self {
            Self::Distil(distil) => read_distillation(distil, text, *finish).map(Found::Distilled),
            Self::Suggest(suggest) => {
                read_suggestions(suggest, text, *finish).map(Found::Suggested)
            }
        }
    }

    /// What to send after a reply with a problem; `None` if it has none.
    pub(super) fn second_try(&self, reply: &str, reading: &Reading) -> Option<Conversation> {
        match (self, reading) {
            (Self::Distil(distil), Ok(Found::Distilled(found))) => {
                Problem::of(&Ok(found.clone())).map(|problem| distil.second_try(reply, &problem))
            }
            (Self::Distil(distil), Err(unusable)) => {
                Some(distil.second_try(reply, &Problem::Unusable(unusable.clone())))
            }
            (Self::Suggest(suggest), Err(unusable)) => Some(suggest.second_try(reply, unusable)),
            _ => None,
        }
    }
}

impl ConsultationInputs {
    /// The guidelines as a request takes them.
    pub(super) fn offered(&self) -> Vec<Offered<'_>> {
        self.guidelines.iter().map(|it| Offered { id: it.id, text: &it.text }).collect()
    }

    /// What need not be suggested.
    pub(super) fn said(&self) -> Vec<&str> {
        let guidelines = self.guidelines.iter().map(|it| it.text.as_str());
        guidelines.chain(self.said.iter().map(String::as_str)).collect()
    }

    /// What is sent.
    pub(super) fn request<'a>(
        &'a self,
        question: &'a Question,
        guidelines: &'a [Offered<'a>],
        said: &'a [&'a str],
    ) -> ConsultationRequest<'a> {
        let Self { prompt, run: Run { values, output, .. }, mark, .. } = self;
        match question {
            Question::Distil { evidence } => {
                let evidence = evidence.to_distil();
                ConsultationRequest::Distil(Distil {
                    prompt,
                    values,
                    output,
                    guidelines,
                    evidence,
                    mark,
                })
            }
            Question::Suggest { tone } => ConsultationRequest::Suggest(Suggest {
                prompt,
                values,
                output,
                tone: *tone,
                said,
                mark,
            }),
        }
    }

    /// What a distillation comes to.
    pub(super) fn outcome(&self, distillation: Distillation) -> Outcome {
        let Distillation { change, reason, findings } = distillation;
        match change {
            Change::Add { text } => Outcome::Add { text, reason, findings },
            Change::Edit { id, text } => {
                let (before, after) = (self.text_of(id), text);
                let answer = Answer::Edit { guideline_id: id, before, after, reason, findings };
                Outcome::Answered(answer)
            }
            Change::Remove { id } => {
                let before = self.text_of(id);
                Outcome::Answered(Answer::Remove { guideline_id: id, before, reason })
            }
            Change::Nothing => Outcome::Answered(Answer::Nothing { reason }),
        }
    }

    /// What a guideline said when the model was asked.
    fn text_of(&self, id: GuidelineId) -> String {
        let found = self.guidelines.iter().find(|it| it.id == id);
        found.map(|it| it.text.clone()).unwrap_or_default()
    }
}
