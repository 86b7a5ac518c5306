//! The pages, one per route.

mod not_found;
pub(crate) mod not_loaded;
mod page;
mod prompts;
mod settings;
mod shortcuts;
mod version;
mod workbench;

pub(crate) use not_found::NotFoundPage;
pub(crate) use page::Page;
