//! What the page shows and what is going on in it.

use align::record::{PromptId, PromptList, PromptQuery, PromptSummary};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

use super::address;
use super::edit::Editing;
use super::toasts::Toast;
use crate::api;
use crate::error::AppError;
use crate::typed_titles;
use crate::wire::{self, PageResource};

/// The state of the page: signals, cheap to copy into every closure.
#[derive(Clone, Copy)]
pub(super) struct Prompts {
    /// What is asked for; it stands in the address.
    pub(super) query: Memo<PromptQuery>,
    /// What matches.
    pub(super) list: PageResource<PromptList>,
    /// What went wrong last.
    pub(super) error: RwSignal<Option<AppError>>,
    /// Whether a prompt is being made.
    pub(super) busy: RwSignal<bool>,
    /// Which title or tags are being edited.
    pub(super) editing: RwSignal<Option<Editing>>,
    /// What was done, as long as it can be undone or followed.
    pub(super) toasts: RwSignal<Vec<Toast>>,
    /// The row that takes the focus once it is there.
    pub(super) focus_next: RwSignal<Option<PromptId>>,
    /// Opens the workbench of a prompt.
    pub(super) open: Callback<PromptId>,
}

/// The list, with the titles that were typed just before this page was opened.
async fn load(query: PromptQuery) -> Result<PromptList, AppError> {
    if !cfg!(feature = "ssr") {
        typed_titles::send_all().await;
    }
    api::list_prompts(query).await
}

impl Prompts {
    /// The state of the page at the current address.
    pub(super) fn new() -> Self {
        let search = use_location().search;
        let query = Memo::new(move |_| search.with(|search| address::parse(search)));
        let navigate = use_navigate();
        Self {
            query,
            list: wire::resource(move || query.get(), load),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            editing: RwSignal::new(None),
            toasts: RwSignal::new(Vec::new()),
            focus_next: RwSignal::new(None),
            open: Callback::new(move |id: PromptId| {
                navigate(&format!("/prompts/{id}"), leptos_router::NavigateOptions::default());
            }),
        }
    }

    /// Something of the list, once it is there.
    pub(super) fn of_list<T>(self, read: impl FnOnce(&PromptList) -> T) -> Option<T> {
        self.list.with(|list| list.as_ref()?.as_ref().ok().map(read))
    }

    /// The row of a prompt, if it is shown.
    pub(super) fn summary(self, id: PromptId) -> Option<PromptSummary> {
        self.of_list(|list| list.prompts.iter().find(|row| row.id == id).cloned()).flatten()
    }
}
