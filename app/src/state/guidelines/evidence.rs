//! Learning from what a person says about an output.

use align::Feedback;
use align::record::{Correction, Evidence, RunId};
use leptos::prelude::*;

use crate::api;
use crate::state::WorkbenchState;

impl WorkbenchState {
    /// What stands in the Feedback box, if there is a run to be about and something stands there.
    pub(crate) fn boxed(self) -> Option<(RunId, Feedback)> {
        let run = self.output.answered_run()?;
        let text = self.prompt.editor().feedback().with(|text| text.trim().to_owned());
        (!text.is_empty()).then(|| (run, Feedback::whole(text)))
    }

    /// Learns from what stands in the Feedback box, and empties it once the server has it.
    pub(crate) fn distil_box(self, evidence: fn(Feedback) -> Evidence) {
        let Some((run, feedback)) = untrack(|| self.boxed()) else { return };
        let sent = feedback.text.clone();
        self.distil(run, evidence(feedback), move || {
            if self.prompt.editor().feedback().with_untracked(|text| text.trim() == sent) {
                self.prompt.editor().feedback().set(String::new());
            }
        });
    }

    /// Begins to correct the output of the shown run.
    pub(crate) fn begin_correction(self) {
        let Some(run_id) = untrack(|| self.output.answered_run()) else { return };
        let text = self.output.text().get_untracked();
        self.page.begin_here();
        self.prompt.editor().correction().set(Some(Correction { run_id, text }));
    }

    /// Learns from the corrected output, and closes its box once the server has it.
    pub(crate) fn learn_from_edit(self) {
        let Some(correction) = self.prompt.editor().correction().get_untracked() else { return };
        let evidence = Evidence::CorrectedOutput(correction.text.clone());
        self.distil(correction.run_id, evidence, move || {
            if self
                .prompt
                .editor()
                .correction()
                .with_untracked(|now| now.as_ref() == Some(&correction))
            {
                self.prompt.editor().correction().set(None);
            }
        });
    }

    /// Asks what `evidence` means for the guidelines.
    pub(crate) fn distil(self, run: RunId, evidence: Evidence, then: impl Fn() + 'static) {
        let model = self.prompt.models_now().alignment_model;
        self.page.once("distil", async move {
            let asked = api::distil(run, evidence, model).await?;
            if self.page.is_alive() {
                then();
                self.guidelines.meet(asked);
            }
            Ok(())
        });
    }
}
