//! The state of a workbench, apart from its view: one folder per region of the page, each owning its
//! signals and its commands, and the workbench that puts them together.

mod delta;
mod guidelines;
mod history;
mod output;
mod page;
mod prompt;
mod refine;
mod workbench;

pub(crate) use guidelines::GuidelineState;
pub(crate) use history::HistoryState;
pub(crate) use output::{OutputState, OutputView};
pub(crate) use page::{Connection, PageState};
pub(crate) use prompt::{Editor, PromptState};
pub(crate) use refine::RefineState;
pub(crate) use workbench::WorkbenchState;
