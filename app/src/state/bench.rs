//! The workbench of one prompt: everything its regions show.

use std::collections::BTreeSet;

use align::prompt::Prompt;
use align::record::{
    Consultation, Draft, DraftId, DraftState, EventId, Guideline, GuidelineId, PlacedFeedback,
    PromptHead, PromptId, Rewording, Run, RunState, Source, StartFrom, Version, Workbench,
    Workflow,
};
use leptos::prelude::*;

use super::Editor;
use super::draft_edit::Editing;
use super::hunks::HunkChoices;
use super::typing::{Answered, TypedText};
use crate::api::Connected;
use crate::components::diff::DiffLayout;
use crate::error::AppError;

/// Whether the page hears what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connection {
    /// Events arrive.
    Open,
    /// Not yet.
    Connecting,
    /// Not any more; it is being tried again.
    Lost,
}

/// How an output is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OutputView {
    /// Rendered Markdown.
    #[default]
    Markdown,
    /// The text as it came.
    Raw,
}

/// The state of a workbench: signals, cheap to copy into every closure.
#[derive(Clone, Copy)]
pub(crate) struct Bench {
    /// The prompt.
    pub(crate) id: PromptId,
    /// Title, tags, models, settings.
    pub(crate) head: RwSignal<PromptHead>,
    /// The newest version.
    pub(crate) newest: RwSignal<Option<Version>>,
    /// What is typed.
    pub(crate) editor: Editor,
    /// The run that is shown, without its output.
    pub(crate) run: RwSignal<Option<Run>>,
    /// The output of that run: apart, because it grows many times a second.
    pub(crate) output: RwSignal<String>,
    /// Whether text that arrived waits to be shown.
    pub(crate) arrived: StoredValue<bool>,
    /// The newest run on an earlier version.
    pub(crate) before: RwSignal<Option<Run>>,
    /// Whether `before` is shown beside the output.
    pub(crate) comparing: RwSignal<bool>,
    /// How outputs are shown.
    pub(crate) output_view: RwSignal<OutputView>,
    /// Feedback kept on the run.
    pub(crate) pieces: RwSignal<Vec<PlacedFeedback>>,
    /// The guidelines of the prompt, in order.
    pub(crate) guidelines: RwSignal<Vec<Guideline>>,
    /// What the alignment model was asked about runs and nobody put away yet, oldest first.
    pub(crate) consultations: RwSignal<Vec<Consultation>>,
    /// How many changes of guidelines are on their way to the server.
    pub(crate) changes_on_their_way: StoredValue<u32>,
    /// A rewrite that waits for them.
    pub(crate) rewrite_waits: StoredValue<Option<(StartFrom, u8)>>,
    /// Which of the two workflows the Refine region shows.
    pub(crate) workflow: RwSignal<Workflow>,
    /// What stands behind the hunk or guideline that is pointed at.
    pub(crate) pointed: RwSignal<Vec<Source>>,
    /// Whether a text box was opened on this page and did not appear yet.
    pub(crate) begun_here: StoredValue<bool>,
    /// Whether a draft was asked for on this page and is not complete yet.
    pub(crate) ordered_here: StoredValue<bool>,
    /// Words for something kept that were typed here and discarded on another page.
    pub(crate) discarded: RwSignal<Option<Rewording>>,
    /// When a guideline was removed last, in milliseconds.
    pub(crate) removed_at: StoredValue<u64>,
    /// The guideline that is being dragged.
    pub(crate) dragged: RwSignal<Option<GuidelineId>>,
    /// Whether the changes of the guidelines are open.
    pub(crate) showing_ledger: RwSignal<bool>,
    /// Whether the guideline sets are open.
    pub(crate) showing_sets: RwSignal<bool>,
    /// Drafts, oldest first.
    pub(crate) drafts: RwSignal<Vec<Draft>>,
    /// The draft that is shown; `None` for the newest.
    pub(crate) chosen_draft: RwSignal<Option<DraftId>>,
    /// How diffs are laid out.
    pub(crate) layout: RwSignal<DiffLayout>,
    /// The connected models, once they are known.
    pub(crate) models: RwSignal<Option<Connected>>,
    /// What went wrong last.
    pub(crate) error: RwSignal<Option<AppError>>,
    /// A short word on what was done last, for the status line.
    pub(crate) notice: RwSignal<String>,
    /// Whether events arrive.
    pub(crate) connection: RwSignal<Connection>,
    /// The place in the event stream up to which this state is complete.
    pub(crate) cursor: RwSignal<EventId>,
    /// How far saving what is typed is.
    pub(crate) typing: TypedText,
    /// Whether the prompt was deleted.
    pub(crate) deleted: RwSignal<bool>,
    /// Names of settings whose boxes hold something that cannot be sent.
    pub(crate) wrong_settings: RwSignal<BTreeSet<&'static str>>,
    /// The actions whose requests are in flight; none of them is sent twice at once.
    pub(crate) in_flight: RwSignal<BTreeSet<&'static str>>,
    /// Choices among the changes of drafts that the server may not know yet.
    pub(crate) hunk_choices: HunkChoices,
    /// The edit of a draft.
    pub(crate) editing: Editing,
    /// Whether the history is open.
    pub(crate) showing_history: RwSignal<bool>,
    /// Whether the list of shortcuts is open.
    pub(crate) showing_shortcuts: RwSignal<bool>,
    /// Findings that wait for a confirmation, with the question whether to run again.
    pub(crate) confirming: RwSignal<Option<(Vec<align::direct::Finding>, bool)>>,
}

impl Bench {
    /// The state that `snapshot` describes.
    pub(crate) fn new(snapshot: Workbench) -> Self {
        let (run, output) = split(snapshot.run);
        Self {
            id: snapshot.head.id,
            head: RwSignal::new(snapshot.head),
            newest: RwSignal::new(snapshot.newest),
            typing: TypedText::new(&snapshot.working_copy),
            editor: Editor::new(snapshot.working_copy.into()),
            run: RwSignal::new(run),
            output: RwSignal::new(output),
            arrived: StoredValue::new(false),
            before: RwSignal::new(snapshot.before),
            comparing: RwSignal::new(false),
            output_view: RwSignal::new(OutputView::default()),
            pieces: RwSignal::new(snapshot.feedback),
            guidelines: RwSignal::new(snapshot.guidelines),
            consultations: RwSignal::new(snapshot.consultations),
            changes_on_their_way: StoredValue::new(0),
            rewrite_waits: StoredValue::new(None),
            workflow: RwSignal::new(Workflow::default()),
            pointed: RwSignal::new(Vec::new()),
            begun_here: StoredValue::new(false),
            discarded: RwSignal::new(None),
            removed_at: StoredValue::new(0),
            ordered_here: StoredValue::new(false),
            dragged: RwSignal::new(None),
            showing_ledger: RwSignal::new(false),
            showing_sets: RwSignal::new(false),
            drafts: RwSignal::new(snapshot.drafts),
            chosen_draft: RwSignal::new(None),
            layout: RwSignal::new(DiffLayout::default()),
            models: RwSignal::new(None),
            error: RwSignal::new(None),
            notice: RwSignal::new(String::new()),
            connection: RwSignal::new(Connection::Connecting),
            cursor: RwSignal::new(snapshot.cursor),
            deleted: RwSignal::new(false),
            wrong_settings: RwSignal::new(BTreeSet::new()),
            in_flight: RwSignal::new(BTreeSet::new()),
            hunk_choices: StoredValue::new(Vec::new()),
            editing: Editing::new(),
            showing_history: RwSignal::new(false),
            showing_shortcuts: RwSignal::new(false),
            confirming: RwSignal::new(None),
        }
    }

    /// Takes over a newer snapshot. What is typed here stays.
    pub(crate) fn reload(self, snapshot: Workbench) {
        let (run, output) = split(snapshot.run);
        self.take_newest(snapshot.newest);
        self.head.set(snapshot.head);
        self.run.set(run);
        self.output.set(output);
        self.before.set(snapshot.before);
        self.pieces.set(snapshot.feedback);
        self.guidelines.set(snapshot.guidelines);
        self.consultations.set(snapshot.consultations);
        self.drafts.set(snapshot.drafts);
        self.cursor.set(snapshot.cursor);
        self.typed_reloaded(snapshot.working_copy);
    }

    /// Takes over a newest version; an editor without typed changes follows it.
    pub(crate) fn take_newest(self, newest: Option<Version>) {
        let Some(version) = newest else { return };
        let known = self.newest.with_untracked(|known| known.as_ref().map(number)).unwrap_or(0);
        if number(&version) < known {
            return;
        }
        if untrack(|| self.editor.prompt()) == version.prompt {
            self.editor.base.set(Some(number(&version)));
        } else if !untrack(|| self.has_typed_changes()) && !self.is_deciding_typed() {
            self.show_version(&version, untrack(|| self.editor.typed()), Answered::No);
        }
        self.newest.set(Some(version));
    }

    /// Whether the typed text differs from the newest version.
    pub(crate) fn has_typed_changes(self) -> bool {
        let typed = self.editor.prompt();
        self.newest.with(|newest| match newest {
            Some(version) => version.prompt != typed,
            None => !typed.is_blank(),
        })
    }

    /// The typed text, for commands that put another text into the editor: what of it is nowhere
    /// saved becomes a version first. It is told even when nothing is unsaved, because the server's
    /// copy of the typing may be older than this page.
    pub(crate) fn typed(self) -> Prompt {
        untrack(|| self.editor.prompt())
    }

    /// Whether the shown run is still answering.
    pub(crate) fn is_running(self) -> bool {
        self.run.with(|run| run.as_ref().is_some_and(|run| run.state == RunState::Running))
    }

    /// The draft that is shown: the chosen one, else the newest unless it is done with. Of several that
    /// were asked for together it is the first, until one of them is accepted.
    pub(crate) fn draft(self) -> Option<Draft> {
        let chosen = self.chosen_draft.get();
        self.drafts.with(|drafts| {
            if let Some(id) = chosen {
                return drafts.iter().find(|draft| draft.id == id).cloned();
            }
            let last = drafts.last()?;
            let is_beside = |draft: &&Draft| {
                draft.id == last.id || (last.batch.is_some() && draft.batch == last.batch)
            };
            let beside = || drafts.iter().filter(is_beside);
            let is_decided = |it: &Draft| matches!(it.state, DraftState::Accepted { .. });
            if beside().any(is_decided) {
                return None;
            }
            beside().find(|draft| is_open(draft.state)).cloned()
        })
    }

    /// The draft of that name, as the page knows it.
    pub(crate) fn draft_of(self, id: DraftId) -> Option<Draft> {
        self.drafts.with(|drafts| drafts.iter().find(|draft| draft.id == id).cloned())
    }

    /// Whether a draft is being written.
    pub(crate) fn is_drafting(self) -> bool {
        self.drafts.with(|drafts| drafts.iter().any(|draft| draft.state == DraftState::Drafting))
    }
}

/// Whether a draft is still something to look at before deciding.
pub(crate) fn is_open(state: DraftState) -> bool {
    !matches!(state, DraftState::Accepted { .. } | DraftState::Rejected)
}

/// A run without its output, and the output.
pub(crate) fn split(run: Option<Run>) -> (Option<Run>, String) {
    let mut run = run;
    let output = run.as_mut().map(|run| std::mem::take(&mut run.output)).unwrap_or_default();
    (run, output)
}

fn number(version: &Version) -> u32 {
    version.summary.number
}
