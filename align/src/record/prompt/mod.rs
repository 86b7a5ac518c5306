//! Prompts: title, tags and models, the list of them, and the workbench of one.

mod head;
mod list;
mod workbench;

pub use head::{PromptHead, PromptId, PromptModels};
pub use list::{PromptList, PromptQuery, PromptSummary};
pub use workbench::Workbench;
