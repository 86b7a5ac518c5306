//! The workbench: puts the regions together, and does what concerns several of them.

mod accept;
mod events;
mod rewording;
mod run;
mod stream;

use align::record::Workbench;

use super::{GuidelineState, HistoryState, OutputState, PageState, PromptState, RefineState};

/// The state of a workbench: bundles of signals, cheap to copy into every closure.
#[derive(Clone, Copy)]
pub(crate) struct WorkbenchState {
    /// The whole page.
    pub(crate) page: PageState,
    /// The Prompt region.
    pub(crate) prompt: PromptState,
    /// The Output region.
    pub(crate) output: OutputState,
    /// The Refine region.
    pub(crate) refine: RefineState,
    /// The guidelines in it.
    pub(crate) guidelines: GuidelineState,
    /// The History sheet.
    pub(crate) history: HistoryState,
}

impl WorkbenchState {
    /// The state that `snapshot` describes.
    pub(crate) fn new(snapshot: Workbench) -> Self {
        let Workbench { head, newest, working_copy, run, before, feedback, drafts, .. } = snapshot;
        let page = PageState::new(head.id, snapshot.cursor);
        let prompt = PromptState::new(page, head, newest, working_copy);
        let output = OutputState::new(page, run, before);
        let refine = RefineState::new(page, feedback, drafts);
        let (list, consultations) = (snapshot.guidelines, snapshot.consultations);
        let guidelines = GuidelineState::new(page, list, consultations);
        Self { page, prompt, output, refine, guidelines, history: HistoryState::new() }
    }

    /// Whether a sheet is open.
    pub(crate) fn has_open_sheet(self) -> bool {
        self.history.is_open()
            || self.guidelines.is_showing_changes()
            || self.guidelines.is_showing_sets()
            || self.page.is_showing_shortcuts()
            || self.page.is_showing_preview()
    }

    /// Closes whichever sheet is open.
    pub(crate) fn close_sheets(self) {
        self.history.show(false);
        self.guidelines.show_changes(false);
        self.guidelines.show_sets(false);
        self.page.show_shortcuts(false);
        self.page.show_preview(false);
    }

    /// Takes over a newer snapshot. What is typed here stays.
    fn reload(self, snapshot: Workbench) {
        self.prompt.take_newest(snapshot.newest);
        self.prompt.take_head(snapshot.head);
        self.output.reload(snapshot.run, snapshot.before);
        self.refine.reload(snapshot.feedback, snapshot.drafts);
        self.guidelines.reload(snapshot.guidelines, snapshot.consultations);
        self.page.set_cursor(snapshot.cursor);
        self.prompt.typed_reloaded(snapshot.working_copy);
    }
}
