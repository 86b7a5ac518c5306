//! What drafts are made from, and what the alignment model is asked for them.

use align::direct::{Mark, Request};
use align::guidelines::Offered;
use align::record::{Draft, Run};
use align::{Prompt, Values};

use crate::error::ServiceError;
use crate::studio::mark;

/// What a draft is made from.
pub(super) struct DraftInputs {
    /// The newest text, with which the draft is compared.
    pub(super) newest: Prompt,
    /// The text that the model is given.
    pub(super) given: Prompt,
    /// The run whose output the feedback is about.
    pub(super) run: Option<Run>,
    /// A wish for this one of several drafts.
    pub(super) variant: Option<String>,
    /// The mark of the delimiters.
    pub(super) mark: Mark,
}

/// What the alignment model is asked, or was.
pub(super) fn request<'a>(
    base: &'a Prompt,
    run: Option<&'a Run>,
    draft: &'a Draft,
    guidelines: &'a [Offered<'a>],
    mark: &'a Mark,
) -> Request<'a> {
    static NO_VALUES: Values = Values::new();
    Request {
        prompt: base,
        values: run.map_or(&NO_VALUES, |run| &run.values),
        output: run.map(|run| run.output.as_str()),
        feedback: &draft.feedback,
        guidelines,
        variant: None,
        mark,
    }
}

/// The guidelines of a draft as a request takes them.
pub(super) fn offered(draft: &Draft) -> Vec<Offered<'_>> {
    draft.guidelines.iter().map(|it| Offered { id: it.id, text: &it.text }).collect()
}

/// What each of several drafts is made from. They differ in what they are asked to try.
pub(super) fn each(
    newest: &Prompt,
    given: &Prompt,
    run: Option<&Run>,
    count: u8,
) -> Result<Vec<DraftInputs>, ServiceError> {
    let inputs = |number| {
        Ok(DraftInputs {
            newest: newest.clone(),
            given: given.clone(),
            run: run.cloned(),
            variant: variant(number, count),
            mark: mark()?,
        })
    };
    (1..=count).map(inputs).collect()
}

/// The wish for one of several drafts: models answer the same question alike.
fn variant(number: u8, count: u8) -> Option<String> {
    let way = match number {
        1 => "change as little as will do",
        2 => "take another way than the most obvious one",
        _ => "rethink how the whole prompt is built",
    };
    (count > 1).then(|| format!("Draft {number} of {count}: {way}."))
}
