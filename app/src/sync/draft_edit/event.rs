//! What happens to the edit of a draft, and what is to be done about it.

use align::Prompt;
use align::record::DraftId;

use super::super::{Side, Turn};
use super::{Edit, Heard};
use crate::error::AppError;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A person opens the text boxes of a draft.
    Opened(Edit),
    /// The text boxes hold this now.
    Typed(Prompt),
    /// The browser kept this of an earlier page; the draft is what is heard of it, if it is still there.
    Found(Edit, Option<Heard>),
    /// The time of [`Effect::Wait`] is over.
    Woke(Turn),
    /// Something is about to be decided: the server has to have what is typed. Answered by
    /// [`Effect::Flushed`].
    Flush,
    /// The answer to [`Effect::Send`].
    Sent(Turn, Result<(), AppError>),
    /// The server tells what became of a draft.
    Heard(Heard),
    /// A person chose between the two texts.
    Chosen(Side),
    /// The text boxes are closed. What the server does not have stays open.
    Closed,
    /// A person lets the edit go.
    Discarded,
    /// A person decided what becomes of what is left over of this draft.
    Settled(DraftId),
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Keep this in the browser, in place of what was kept of the same draft before.
    Keep(Edit),
    /// Forget what was kept of this draft.
    Forget(DraftId),
    /// Put `typed` in place of what the draft says, if that is still `known`.
    Send {
        /// The number of the answer.
        turn: Turn,
        /// What to send.
        edit: Edit,
    },
    /// Come back after so many milliseconds.
    Wait(Turn, u32),
    /// The server has what is typed, or this is why not.
    Flushed(Result<(), AppError>),
    /// Tell the person.
    Tell(Notice),
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// The server does not take what is typed.
    Refused(AppError),
    /// What was refused with this error is no longer.
    Over(AppError),
}
