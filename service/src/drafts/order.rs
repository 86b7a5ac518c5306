//! What drafts are made from, and what the alignment model is asked for them.

use align::direct::{Mark, Request};
use align::guidelines::Offered;
use align::record::{Draft, Run};
use align::{Prompt, Values};

use crate::error::ServiceError;

/// What a draft is made from.
pub(crate) struct Order {
    /// The newest text, with which the draft is compared.
    pub(crate) newest: Prompt,
    /// The text that the model is given.
    pub(crate) given: Prompt,
    /// The run whose output the feedback is about.
    pub(crate) run: Option<Run>,
    /// A wish for this one of several drafts.
    pub(crate) variant: Option<String>,
    /// The mark of the delimiters.
    pub(crate) mark: Mark,
}

/// What the alignment model is asked, or was.
pub(crate) fn request<'a>(
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
pub(crate) fn offered(draft: &Draft) -> Vec<Offered<'_>> {
    draft.guidelines.iter().map(|it| Offered { id: it.id, text: &it.text }).collect()
}

/// A fresh mark for the delimiters of one request.
pub(crate) fn mark() -> Result<Mark, ServiceError> {
    let mut bytes = [0; 8];
    crate::studio::random(&mut bytes)?;
    Ok(Mark::from_bytes(bytes))
}

/// What each of several drafts is made from. They differ in what they are asked to try.
pub(crate) fn orders(
    newest: &Prompt,
    given: &Prompt,
    run: Option<&Run>,
    count: u8,
) -> Result<Vec<Order>, ServiceError> {
    let order = |number| {
        Ok(Order {
            newest: newest.clone(),
            given: given.clone(),
            run: run.cloned(),
            variant: variant(number, count),
            mark: mark()?,
        })
    };
    (1..=count).map(order).collect()
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
