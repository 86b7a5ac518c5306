//! What happened on the server: each event goes to the region that it concerns.

use align::record::{Event, EventId, Run};

use super::WorkbenchState;
use crate::state::output::Shown;

impl WorkbenchState {
    pub(super) fn apply(self, id: EventId, event: Event) {
        if !self.page.is_alive() {
            return;
        }
        if !matches!(
            event,
            Event::RunDelta { .. } | Event::RunThought { .. } | Event::DraftDelta { .. }
        ) {
            self.output.show_now();
            self.refine.show_now();
        }
        match event {
            Event::Run(run) => self.take_run(*run),
            Event::RunDelta { run_id, offset, text, first_token_ms } => {
                self.output.take_text(run_id, offset, &text, first_token_ms);
            }
            Event::RunThought { run_id, offset, text } => {
                self.output.take_thought(run_id, offset, &text);
            }
            Event::RunWaiting { run_id, waiting } => self.output.wait_run(run_id, waiting),
            Event::Draft(draft) => self.refine.take_draft(*draft),
            Event::DraftWaiting { draft_id, waiting } => self.refine.wait_draft(draft_id, waiting),
            Event::DraftDelta { draft_id, tries, offset, text } => {
                self.refine.take_reply(draft_id, tries, offset, &text);
            }
            Event::Version(version) => self.prompt.take_newest(Some(*version)),
            Event::Feedback(piece) => self.take_piece(piece),
            Event::FeedbackGone(gone) => self.refine.drop_piece(gone),
            Event::Head(head) => {
                self.prompt.take_head(*head);
                self.page.set_deleted(false);
            }
            Event::WorkingCopy { page, revision } => self.prompt.typed_elsewhere(&page, revision),
            Event::Deleted => self.page.set_deleted(true),
            Event::Guidelines(guidelines) => self.guidelines.take_guidelines(guidelines),
            Event::Consultation(consultation) => self.guidelines.take_consultation(*consultation),
            Event::ConsultationWaiting { consultation_id, waiting } => {
                self.guidelines.wait_consultation(consultation_id, waiting);
            }
            Event::Reset => {}
        }
        self.page.set_cursor(id);
    }

    /// Shows a run. Feedback belongs to the run that it is about.
    pub(super) fn take_run(self, run: Run) {
        if self.output.take_run(run) == Shown::NewRun {
            self.refine.clear_pieces();
        }
    }
}
