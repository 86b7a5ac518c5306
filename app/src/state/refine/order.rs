//! Asking for drafts, and stopping them.

use align::Feedback;
use align::record::{Draft, DraftId, DraftOrder, DraftState, StartFrom, Workflow};
use leptos::prelude::*;

use super::RefineState;
use crate::api;
use crate::state::WorkbenchState;

impl RefineState {
    /// Whether a draft that is in this state now was asked for on this page. Once it is complete, no
    /// longer.
    pub(crate) fn is_ordered_here(self, state: DraftState) -> bool {
        let was_ordered = self.ordered_here.get_value();
        self.ordered_here.set_value(was_ordered && state == DraftState::Drafting);
        was_ordered
    }

    /// Stops the drafts that are being written; false if there are none.
    pub(crate) fn stop(self) -> bool {
        let drafting: Vec<DraftId> = self.drafts.with_untracked(|drafts| {
            let drafting = drafts.iter().filter(|draft| draft.state == DraftState::Drafting);
            drafting.map(|draft| draft.id).collect()
        });
        for id in &drafting {
            self.page.command(api::stop_draft(*id));
        }
        !drafting.is_empty()
    }
}

impl WorkbenchState {
    /// Asks the alignment model for rewrites that answer all feedback.
    pub(crate) fn start_draft(self, candidates: u8) {
        let typed = self.prompt.editor().feedback().get_untracked();
        let typed = typed.trim();
        let pieces =
            self.refine.pieces.with_untracked(|all| all.iter().map(|piece| piece.id).collect());
        let feedback = if typed.is_empty() { Vec::new() } else { vec![Feedback::whole(typed)] };
        self.order(|order| DraftOrder { pieces, feedback, candidates, ..order });
    }

    /// Asks for a rewrite that answers what stands in the Feedback box, while it is used for that.
    pub(crate) fn draft_from_box(self) {
        let is_typed =
            self.prompt.editor().feedback().with_untracked(|text| !text.trim().is_empty());
        match self.refine.workflow().get_untracked() {
            Workflow::Direct
                if is_typed || self.refine.pieces.with_untracked(|it| !it.is_empty()) =>
            {
                self.start_draft(1);
            }
            Workflow::Direct => {}
            Workflow::Guidelines => self.page.tell("Choose whether this is a critique or kudos."),
        }
    }

    /// Asks the alignment model for rewrites that follow all guidelines that are switched on.
    pub(crate) fn start_rewrite(self, start: StartFrom, candidates: u8) {
        let workflow = Workflow::Guidelines;
        self.order(|order| DraftOrder { workflow, start, candidates, ..order });
    }

    fn order(self, with: impl FnOnce(DraftOrder) -> DraftOrder) {
        if untrack(|| self.refine.is_drafting()) {
            return;
        }
        let text = untrack(|| self.prompt.editor().typed()).text;
        let order = with(DraftOrder {
            prompt_id: self.page.id(),
            prompt: text.prompt,
            base: text.base,
            run_id: untrack(|| self.output.run_id()),
            pieces: Vec::new(),
            feedback: Vec::new(),
            alignment_model: self.prompt.models_now().alignment_model,
            workflow: Workflow::Direct,
            start: StartFrom::Newest,
            candidates: 1,
        });
        self.prompt.send_typed();
        self.refine.ordered_here.set_value(true);
        self.page.once("draft", async move {
            let drafts = api::start_draft(order).await;
            if drafts.is_err() {
                self.refine.ordered_here.try_set_value(false);
            }
            let drafts = drafts?;
            if self.page.is_alive() {
                // Events may have been faster than this answer.
                let is_new = |draft: &Draft| {
                    self.refine
                        .drafts
                        .with_untracked(|all| all.iter().all(|known| known.id != draft.id))
                };
                drafts.into_iter().filter(is_new).for_each(|draft| self.refine.take_draft(draft));
            }
            Ok(())
        });
    }
}
