//! The state of a workbench, apart from its view.

mod bench;
mod commands;
mod draft_edit;
mod editor;
mod follow;
mod guidelines;
mod hunks;
mod rewording;
mod typing;

pub(crate) use bench::{Bench, Connection, OutputView};
pub(crate) use editor::Editor;
