//! The pages, one per route.

mod not_found;
mod prompts;
mod settings;
mod shortcuts;
mod version;
mod workbench;

pub(crate) use not_found::NotFoundPage;
pub(crate) use prompts::PromptsPage;
pub(crate) use settings::SettingsPage;
pub(crate) use version::VersionPage;
pub(crate) use workbench::WorkbenchPage;
