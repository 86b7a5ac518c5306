//! Answers to alignment requests. Knows the tags of such requests and nothing else of the product.

mod distil;
mod parts;
mod rewrite;
mod suggest;

pub(crate) use self::parts::{AlignmentRequest, Task};

/// The reply to an alignment request; `None` if the message is something else.
pub(crate) fn reply(message: &str) -> Option<String> {
    let request = AlignmentRequest::read(message)?;
    match request.task() {
        Task::Rewrite => rewrite::reply(&request),
        Task::Distil(kind) => distil::reply(&request, kind),
        Task::Suggest { is_kudos } => Some(suggest::reply(&request, is_kudos)),
    }
}
