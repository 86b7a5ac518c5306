//! The pages that have an address, and how their code is loaded.

#![allow(
    clippy::unnecessary_wraps,
    reason = "loading a page's part fails in the browser; the macro wants its function to say so"
)]

use leptos::prelude::*;
use leptos_router::ChooseView;
use leptos_router::hooks::use_location;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::not_loaded;
use super::prompts::PromptsPage;
use super::settings::SettingsPage;
use super::version::VersionPage;
use super::workbench::WorkbenchPage;

/// A page. Its code is a part of the wasm that the browser loads once, when the page is first opened
/// (docs/decisions/0030).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// `/`
    Prompts,
    /// `/prompts/{id}`
    Workbench,
    /// `/prompts/{id}/versions/{number}`
    Version,
    /// `/settings`
    Settings,
}

impl Page {
    /// The page whose route `path` matches.
    pub(crate) fn at(path: &str) -> Option<Self> {
        let segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        match segments[..] {
            [] => Some(Self::Prompts),
            ["prompts", _] => Some(Self::Workbench),
            ["prompts", _, "versions", _] => Some(Self::Version),
            ["settings"] => Some(Self::Settings),
            _ => None,
        }
    }

    /// The name of its part in the build's manifest: the first argument of its `wasm_split` below.
    #[cfg(feature = "ssr")]
    pub(crate) fn part(self) -> &'static str {
        match self {
            Self::Prompts => "prompts",
            Self::Workbench => "workbench",
            Self::Version => "version",
            Self::Settings => "settings",
        }
    }

    /// Loads its part, unless that was done before.
    pub(crate) async fn load(self) -> Result<(), SplitLoaderError> {
        match self {
            Self::Prompts => load_prompts().await,
            Self::Workbench => load_workbench().await,
            Self::Version => load_version().await,
            Self::Settings => load_settings().await,
        }
    }

    /// Its view, as soon as its part is there: at once if it was loaded before, and on the server.
    async fn view(self) -> Result<AnyView, SplitLoaderError> {
        match self {
            Self::Prompts => prompts().await,
            Self::Workbench => workbench().await,
            Self::Version => version().await,
            Self::Settings => settings().await,
        }
    }
}

/// Routes take a page as their view.
impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        let location = use_location();
        match self.view().await {
            Ok(view) => view,
            Err(_) => not_loaded::view(location).await,
        }
    }

    async fn preload(&self) {
        // Whoever opens the page later tries again and is told.
        let _ = self.load().await;
    }
}

#[wasm_split(prompts, fallible, preload(load_prompts))]
fn prompts() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <PromptsPage/> }.into_any())
}

#[wasm_split(workbench, fallible, preload(load_workbench))]
fn workbench() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <WorkbenchPage/> }.into_any())
}

#[wasm_split(version, fallible, preload(load_version))]
fn version() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <VersionPage/> }.into_any())
}

#[wasm_split(settings, fallible, preload(load_settings))]
fn settings() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <SettingsPage/> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_their_pages() {
        assert_eq!(Page::at("/"), Some(Page::Prompts));
        assert_eq!(Page::at("/prompts/7"), Some(Page::Workbench));
        assert_eq!(Page::at("/prompts/7/"), Some(Page::Workbench));
        assert_eq!(Page::at("/prompts/7/versions/2"), Some(Page::Version));
        assert_eq!(Page::at("/settings"), Some(Page::Settings));
        for nowhere in ["/prompts", "/prompts/7/versions", "/settings/more", "/else"] {
            assert_eq!(Page::at(nowhere), None, "{nowhere}");
        }
    }
}
