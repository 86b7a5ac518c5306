//! The guideline workflow of a workbench: asking the alignment model, deciding on what it proposes, and
//! working on the list.

use align::Feedback;
use align::guidelines::Tone;
use align::record::{
    Answer, Consultation, ConsultationId, ConsultationState, Correction, Evidence, Guideline,
    GuidelineId, RunId, Source, Waiting,
};
use leptos::prelude::*;

use super::bench::Bench;
use crate::api;
use crate::browser;
use crate::browser::now_ms;
use crate::error::AppError;

/// A double click must not remove the guideline that moves under the pointer.
const BETWEEN_REMOVALS_MS: u64 = 600;

impl Bench {
    /// Shows a newer list of guidelines.
    pub(crate) fn take_guidelines(self, guidelines: Vec<Guideline>) {
        if self.guidelines.with_untracked(|known| *known != guidelines) {
            self.guidelines.set(guidelines);
        }
    }

    /// Shows how far a consultation is. What it added is told; what was decided or put away goes.
    pub(crate) fn take_consultation(self, new: Consultation) {
        let is_over =
            matches!(new.state, ConsultationState::Accepted | ConsultationState::Dismissed);
        if is_over && let Some(Answer::Add { text, .. }) = &new.answer {
            self.notice.set(format!("Added the guideline “{text}”"));
        }
        self.consultations.update(|all| {
            let place = all.iter().position(|known| known.id == new.id);
            match place {
                Some(place) if is_over => drop(all.remove(place)),
                Some(place) => all[place] = new,
                None if is_over => {}
                None => all.push(new),
            }
        });
    }

    pub(super) fn wait_consultation(self, id: ConsultationId, waiting: Option<Waiting>) {
        self.consultations.update(|all| {
            let found = all.iter_mut().find(|known| known.id == id);
            if let Some(known) = found.filter(|it| it.state == ConsultationState::Working) {
                known.waiting = waiting;
            }
        });
    }

    /// What stands in the Feedback box, if there is a run to be about and something stands there.
    pub(crate) fn boxed(self) -> Option<(RunId, Feedback)> {
        let run = self.answered_run()?;
        let text = self.editor.feedback.with(|text| text.trim().to_owned());
        (!text.is_empty()).then(|| (run, Feedback::whole(text)))
    }

    /// The run that can be talked about: it ended and there is an output.
    pub(crate) fn answered_run(self) -> Option<RunId> {
        let has_output = self.output.with(|output| !output.trim().is_empty());
        let run = self.run.with(|run| run.as_ref().map(|run| run.id));
        run.filter(|_| has_output && !self.is_running())
    }

    /// Learns from what stands in the Feedback box, and empties it once the server has it.
    pub(crate) fn distil_box(self, evidence: fn(Feedback) -> Evidence) {
        let Some((run, feedback)) = untrack(|| self.boxed()) else { return };
        let sent = feedback.text.clone();
        self.distil(run, evidence(feedback), move || {
            if self.editor.feedback.with_untracked(|text| text.trim() == sent) {
                self.editor.feedback.set(String::new());
            }
        });
    }

    /// Begins to correct the output of the shown run.
    pub(crate) fn begin_correction(self) {
        let Some(run_id) = untrack(|| self.answered_run()) else { return };
        let text = self.output.get_untracked();
        self.begun_here.set_value(true);
        self.editor.correction.set(Some(Correction { run_id, text }));
    }

    /// Learns from the corrected output, and closes its box once the server has it.
    pub(crate) fn learn_from_edit(self) {
        let Some(correction) = self.editor.correction.get_untracked() else { return };
        let evidence = Evidence::CorrectedOutput(correction.text.clone());
        self.distil(correction.run_id, evidence, move || {
            if self.editor.correction.with_untracked(|now| now.as_ref() == Some(&correction)) {
                self.editor.correction.set(None);
            }
        });
    }

    /// Asks what `evidence` means for the guidelines.
    pub(crate) fn distil(self, run: RunId, evidence: Evidence, then: impl Fn() + 'static) {
        let model = self.head.with_untracked(|head| head.models.alignment_model.clone());
        self.once("distil", async move {
            let asked = api::distil(run, evidence, model).await?;
            if self.is_alive() {
                then();
                self.meet(asked);
            }
            Ok(())
        });
    }

    /// Asks for statements to take up instead of typing.
    pub(crate) fn suggest(self, tone: Tone) {
        let Some(run) = untrack(|| self.answered_run()) else { return };
        let model = self.head.with_untracked(|head| head.models.alignment_model.clone());
        self.once("suggest", async move {
            let asked = api::suggest(run, tone, model).await?;
            if self.is_alive() {
                self.meet(asked);
            }
            Ok(())
        });
    }

    /// Asks once more what failed, was stopped or interrupted, with the model that is chosen now.
    pub(crate) fn ask_again(self, id: ConsultationId) {
        let model = self.head.with_untracked(|head| head.models.alignment_model.clone());
        self.once("again", async move {
            let asked = api::ask_again(id, model).await?;
            if self.is_alive() {
                self.consultations.update(|all| all.retain(|known| known.id != id));
                self.meet(asked);
            }
            Ok(())
        });
    }

    /// Shows what was just asked, unless events were faster than the answer to the command.
    fn meet(self, asked: Consultation) {
        let is_known =
            self.consultations.with_untracked(|all| all.iter().any(|known| known.id >= asked.id));
        if !is_known && asked.state == ConsultationState::Working {
            self.take_consultation(asked);
        }
    }

    /// Stops what the alignment model is asked.
    pub(crate) fn stop_consultation(self, id: ConsultationId) {
        self.command(api::stop_consultation(id));
    }

    /// Does what is proposed.
    pub(crate) fn accept_consultation(self, id: ConsultationId) {
        self.once("decide", async move {
            self.decided(api::accept_consultation(id).await)?;
            self.notice.try_set("Proposal accepted. “Changes” undoes it.".to_owned());
            Ok(())
        });
    }

    /// Says no to what is proposed, or puts a notice away.
    pub(crate) fn dismiss_consultation(self, id: ConsultationId) {
        self.once("decide", async move { self.decided(api::dismiss_consultation(id).await) });
    }

    fn decided(self, outcome: Result<Consultation, AppError>) -> Result<(), AppError> {
        let consultation = outcome?;
        if self.is_alive() {
            self.take_consultation(consultation);
        }
        Ok(())
    }

    /// Adds what stands in the New guideline box.
    pub(crate) fn add_guideline(self) {
        let text = self.editor.guideline.get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        self.once("add guideline", async move {
            let list = api::add_guideline(self.id, text.clone()).await?;
            if self.is_alive() {
                self.take_guidelines(list);
                if self.editor.guideline.with_untracked(|now| now.trim() == text) {
                    self.editor.guideline.set(String::new());
                }
            }
            Ok(())
        });
    }

    /// Switches a guideline on or off: at once here, and back where the server refuses it.
    pub(crate) fn switch_guideline(self, id: GuidelineId, is_on: bool) {
        self.show_switch(id, is_on);
        self.changing(async move {
            let outcome = api::switch_guideline(id, is_on).await;
            if outcome.is_err() && self.is_alive() {
                self.show_switch(id, !is_on);
            }
            outcome
        });
    }

    fn show_switch(self, id: GuidelineId, is_on: bool) {
        self.guidelines.update(|all| {
            if let Some(guideline) = all.iter_mut().find(|known| known.id == id) {
                guideline.is_on = is_on;
            }
        });
    }

    /// Moves a guideline to a place from 0. The focus stays where it is.
    pub(crate) fn move_guideline(self, id: GuidelineId, position: u32) {
        let focused = browser::focused();
        self.changing(async move {
            let outcome = api::move_guideline(id, position).await;
            browser::focus_again(focused);
            outcome
        });
    }

    /// Takes a guideline out of the list.
    pub(crate) fn remove_guideline(self, id: GuidelineId) {
        let now = now_ms();
        if now < self.removed_at.get_value() + BETWEEN_REMOVALS_MS {
            return;
        }
        self.removed_at.set_value(now);
        let said = untrack(|| self.guideline(id)).map(|it| it.text).unwrap_or_default();
        self.changing(async move {
            let list = api::remove_guideline(id).await?;
            self.notice.try_set(format!("Guideline removed: “{said}”. “Changes” undoes it."));
            Ok(list)
        });
    }

    /// A change that answers the new list. A rewrite that was asked for meanwhile follows it, unless it is
    /// refused.
    fn changing(self, change: impl Future<Output = Result<Vec<Guideline>, AppError>> + 'static) {
        self.changes_on_their_way.update_value(|count| *count += 1);
        self.command(async move {
            let outcome = change.await;
            if !self.is_alive() {
                return Ok(());
            }
            self.changes_on_their_way.update_value(|count| *count -= 1);
            let list = outcome.inspect_err(|_| self.rewrite_waits.set_value(None))?;
            self.take_guidelines(list);
            if self.changes_on_their_way.get_value() == 0
                && let Some((start, candidates)) =
                    self.rewrite_waits.try_update_value(Option::take).flatten()
            {
                self.rewrite(start, candidates);
            }
            Ok(())
        });
    }

    /// The guideline, while it is in the list.
    pub(crate) fn guideline(self, id: GuidelineId) -> Option<Guideline> {
        self.guidelines.with(|all| all.iter().find(|known| known.id == id).cloned())
    }

    /// The place of a guideline in the list, from 1.
    pub(crate) fn place_of(self, id: GuidelineId) -> Option<usize> {
        let place = self.guidelines.with(|all| all.iter().position(|known| known.id == id));
        place.map(|place| place + 1)
    }

    /// Whether something that is pointed at stands behind, or is, `source`.
    pub(crate) fn is_pointed(self, source: Source) -> bool {
        self.pointed.with(|pointed| pointed.contains(&source))
    }
}
