//! The Prompt region: the prompt, what is typed, its versions, models and settings.

mod discarded;
mod editor;
mod missing;
mod models;
mod rewordings;
mod typing;
mod versions;

use std::collections::BTreeSet;

use align::Rendered;
use align::model::Conversation;
use align::record::{PromptHead, PromptId, Rewording, Version, WorkingCopy};
use leptos::prelude::*;

pub(crate) use self::editor::Editor;
use self::missing::Missing;
pub(crate) use self::typing::Answered;
use self::typing::TypedText;
use super::PageState;

/// The prompt and what is typed.
#[derive(Clone, Copy)]
pub(crate) struct PromptState {
    page: PageState,
    /// Title, tags, models, settings.
    head: ReadSignal<PromptHead>,
    set_head: WriteSignal<PromptHead>,
    newest: ReadSignal<Option<Version>>,
    set_newest: WriteSignal<Option<Version>>,
    editor: Editor,
    typing: TypedText,
    /// Names of settings whose boxes hold something that cannot be sent.
    wrong_settings: RwSignal<BTreeSet<&'static str>>,
    /// Words for something kept that were typed here and discarded on another page.
    discarded: RwSignal<Option<Rewording>>,
    /// Kept apart: few parts of the page need it.
    missing: StoredValue<Missing>,
}

impl PromptState {
    pub(super) fn new(
        page: PageState,
        head: PromptHead,
        newest: Option<Version>,
        copy: WorkingCopy,
    ) -> Self {
        let (newest, set_newest) = signal(newest);
        let (head, set_head) = signal(head);
        Self {
            page,
            head,
            set_head,
            newest,
            set_newest,
            typing: TypedText::new(&copy),
            editor: Editor::new(copy.into()),
            wrong_settings: RwSignal::new(BTreeSet::new()),
            discarded: RwSignal::new(None),
            missing: StoredValue::new(Missing::new()),
        }
    }

    /// Which prompt it is.
    pub(crate) fn id(self) -> PromptId {
        self.page.id()
    }

    /// What is typed.
    pub(crate) fn editor(self) -> Editor {
        self.editor
    }

    /// What a run sends now; nothing stands in place of a variable without a value.
    pub(crate) fn sent(self) -> Option<Conversation> {
        let rendered = self.editor.prompt().render(&self.editor.values_in_use());
        rendered.ok().map(Rendered::into_conversation)
    }

    /// The title of the prompt.
    pub(crate) fn title(self) -> String {
        self.head.with(|head| head.title.clone())
    }

    /// Title, tags, models and settings.
    pub(crate) fn head(self) -> ReadSignal<PromptHead> {
        self.head
    }

    pub(super) fn take_head(self, head: PromptHead) {
        self.set_head.set(head);
    }
}
