//! The Refine region: feedback on the shown run, and drafts that answer it.

mod choose;
mod drafts;
mod edit;
mod feedback;
mod hunks;
mod order;
mod stream;

use align::direct::Finding;
use align::record::{Draft, DraftId, PlacedFeedback, Source, Workflow};
use leptos::prelude::*;

use self::edit::Editing;
use self::hunks::HunkChoices;
use super::PageState;
use crate::components::diff::DiffLayout;

/// Feedback and drafts.
#[derive(Clone, Copy)]
pub(crate) struct RefineState {
    page: PageState,
    /// Which of the two workflows is shown.
    workflow: RwSignal<Workflow>,
    /// Feedback kept on the shown run.
    pieces: ReadSignal<Vec<PlacedFeedback>>,
    set_pieces: WriteSignal<Vec<PlacedFeedback>>,
    /// Drafts, oldest first.
    drafts: ReadSignal<Vec<Draft>>,
    set_drafts: WriteSignal<Vec<Draft>>,
    /// Whether a part of a draft that arrived waits to be shown.
    has_arrived: StoredValue<bool>,
    /// The draft that is shown; `None` for the newest.
    chosen_draft: RwSignal<Option<DraftId>>,
    /// Whether a draft was asked for on this page and is not complete yet.
    ordered_here: StoredValue<bool>,
    /// The edit of a draft.
    editing: Editing,
    /// Choices among the changes of drafts that the server may not know yet.
    hunk_choices: HunkChoices,
    /// What stands behind the hunk or guideline that is pointed at.
    pointed: RwSignal<Vec<Source>>,
    /// Findings that wait for a confirmation, with the question whether to run again.
    confirming: ReadSignal<Option<(Vec<Finding>, bool)>>,
    set_confirming: WriteSignal<Option<(Vec<Finding>, bool)>>,
    /// How diffs are laid out.
    layout: RwSignal<DiffLayout>,
}

impl RefineState {
    pub(super) fn new(page: PageState, pieces: Vec<PlacedFeedback>, drafts: Vec<Draft>) -> Self {
        let (pieces, set_pieces) = signal(pieces);
        let (confirming, set_confirming) = signal(None);
        let (drafts, set_drafts) = signal(drafts);
        Self {
            page,
            workflow: RwSignal::new(Workflow::default()),
            pieces,
            set_pieces,
            drafts,
            set_drafts,
            has_arrived: StoredValue::new(false),
            chosen_draft: RwSignal::new(None),
            ordered_here: StoredValue::new(false),
            editing: Editing::new(),
            hunk_choices: StoredValue::new(Vec::new()),
            pointed: RwSignal::new(Vec::new()),
            confirming,
            set_confirming,
            layout: RwSignal::new(DiffLayout::default()),
        }
    }

    pub(super) fn reload(self, pieces: Vec<PlacedFeedback>, drafts: Vec<Draft>) {
        self.set_pieces.set(pieces);
        self.set_drafts.set(drafts);
    }

    /// Which of the two workflows is shown; the switch binds to it.
    pub(crate) fn workflow(self) -> RwSignal<Workflow> {
        self.workflow
    }

    /// How diffs are laid out; the switch binds to it.
    pub(crate) fn layout(self) -> RwSignal<DiffLayout> {
        self.layout
    }

    /// What stands behind the hunk or guideline that is pointed at.
    pub(crate) fn pointed(self) -> Vec<Source> {
        self.pointed.get()
    }

    /// A person points at what stands behind something; at nothing any more, if that is empty.
    pub(crate) fn point_at(self, sources: Vec<Source>) {
        self.pointed.set(sources);
    }

    /// Whether something that is pointed at stands behind, or is, `source`.
    pub(crate) fn is_pointed(self, source: Source) -> bool {
        self.pointed.with(|pointed| pointed.contains(&source))
    }

    /// Findings that wait for a confirmation, with the question whether to run again.
    pub(crate) fn confirming(self) -> ReadSignal<Option<(Vec<Finding>, bool)>> {
        self.confirming
    }

    /// Asks for a confirmation; `None` takes the question back.
    pub(crate) fn confirm(self, question: Option<(Vec<Finding>, bool)>) {
        self.set_confirming.set(question);
    }

    /// Follows everything that adds or removes controls.
    pub(crate) fn track_controls(self) {
        self.workflow.track();
        self.pieces.track();
        self.drafts.track();
        self.chosen_draft.track();
        self.track_edit();
    }
}
