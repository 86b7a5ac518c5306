//! What happens to the typing of a page, and what is to be done about it.

use super::super::merge::Payload;
use super::super::{Side, Turn};
use crate::error::AppError;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Event<T> {
    /// The boxes hold this now. Tell it before every other event.
    Typed(T),
    /// The page is live, and the browser kept this of earlier pages.
    Found(Vec<Kept<T>>),
    /// The time of [`Effect::Wait`] is over.
    Woke(Turn),
    /// Something is about to be done with what is typed: the server should have it without a pause.
    Flush,
    /// The server can be reached again.
    Connected,
    /// The answer to [`Effect::Send`]: the new revision, or `None` if another page saved first.
    Sent(Turn, Result<Option<u64>, AppError>),
    /// The answer to [`Effect::Load`]: what the server holds, and its revision.
    Loaded(Turn, Result<(T, u64), AppError>),
    /// Another page, or the server itself, saved this revision.
    SavedElsewhere(u64),
    /// The whole page was loaded again, and with it what the server holds.
    Reloaded(T, u64),
    /// A version took the place of what was typed. `seen` is what it replaces, which is kept.
    Replaced {
        /// What was typed when the version was asked for.
        seen: T,
        /// The same with the version in place of its text.
        by: T,
    },
    /// A person chose between the two texts.
    Chosen(Side),
    /// The answer to [`Effect::SaveVersion`]: the number of the version.
    VersionSaved(Turn, Result<u32, AppError>),
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect<T: Payload> {
    /// Keep this in the browser, in place of what was kept for this page before.
    Keep(Kept<T>),
    /// Forget what was kept in the browser for this page.
    Forget,
    /// Put this into the boxes.
    Show(T),
    /// Save this as the successor of `revision`.
    Send {
        /// The number of the answer.
        turn: Turn,
        /// What to save.
        text: T,
        /// What it comes after.
        revision: u64,
    },
    /// Load what the server holds.
    Load(Turn),
    /// Save this as a version.
    SaveVersion(Turn, T::Version),
    /// Come back after so many milliseconds.
    Wait(Turn, u32),
    /// Tell the person.
    Tell(Notice),
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Notice {
    /// The server does not take what is typed.
    Refused(AppError),
    /// What was refused with this error is saved.
    Saved(AppError),
    /// The text that was not chosen is kept as this version.
    KeptAs(u32),
    /// The text that was not chosen could not be kept, so nothing was decided.
    NotKept(AppError),
}

/// What the browser keeps of a page until the server confirmed it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kept<T> {
    /// What is typed.
    pub(crate) text: T,
    /// The revision it comes after.
    pub(crate) revision: u64,
    /// What was on its way to the server, which may have taken it without an answer.
    pub(crate) sent: Option<T>,
    /// What earlier pages left behind and this one did not look at yet.
    pub(crate) left_behind: Vec<Kept<T>>,
}
