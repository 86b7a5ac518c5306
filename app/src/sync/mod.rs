//! Keeping what is typed, as pure state machines: no framework, no browser, no clock.
//!
//! Each machine takes an event and answers with the effects to carry out: send this, keep that in the
//! browser, wake me later. The same state and event always give the same state and effects, so that
//! every order of answers, faults and key presses can be played in a test. `crate::state` carries the
//! effects out and feeds the machines.
//!
//! - [`typing`]: what is typed in a workbench, against other pages and a server that may be away.
//! - [`draft_edit`]: a draft that is edited by hand.
//! - [`hunks`]: which changes of a draft are left out.

pub(crate) mod draft_edit;
pub(crate) mod hunks;
pub(crate) mod merge;
pub(crate) mod typed;
pub(crate) mod typing;

/// Numbers whatever a machine waits for, so that it knows an answer that comes late or twice.
pub(crate) type Turn = u64;

/// One of two texts that a person chooses between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// What is typed on this page.
    Here,
    /// What another page saved.
    Theirs,
}
