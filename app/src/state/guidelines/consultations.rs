//! What the alignment model is asked, and the decision on what it proposes.

use align::guidelines::Tone;
use align::record::{Answer, Consultation, ConsultationId, ConsultationState, Waiting};
use leptos::prelude::*;

use super::GuidelineState;
use crate::api;
use crate::error::AppError;
use crate::state::WorkbenchState;

impl GuidelineState {
    /// What the alignment model was asked and nobody put away yet, oldest first.
    pub(crate) fn consultations(self) -> ReadSignal<Vec<Consultation>> {
        self.consultations
    }

    /// Stops whatever the alignment model is asked.
    pub(crate) fn stop(self) {
        let working: Vec<_> = self.consultations.with_untracked(|all| {
            let working = all.iter().filter(|it| it.state == ConsultationState::Working);
            working.map(|it| it.id).collect()
        });
        for id in working {
            self.stop_consultation(id);
        }
    }

    /// Shows how far a consultation is. What it added is told; what was decided or put away goes.
    pub(crate) fn take_consultation(self, new: Consultation) {
        let is_over =
            matches!(new.state, ConsultationState::Accepted | ConsultationState::Dismissed);
        if is_over && let Some(Answer::Add { text, .. }) = &new.answer {
            self.page.tell(format!("Added the guideline “{text}”"));
        }
        self.set_consultations.update(|all| {
            let place = all.iter().position(|known| known.id == new.id);
            match place {
                Some(place) if is_over => drop(all.remove(place)),
                Some(place) => all[place] = new,
                None if is_over => {}
                None => all.push(new),
            }
        });
    }

    /// Shows what a consultation waits for.
    pub(crate) fn wait_consultation(self, id: ConsultationId, waiting: Option<Waiting>) {
        self.set_consultations.update(|all| {
            let found = all.iter_mut().find(|known| known.id == id);
            if let Some(known) = found.filter(|it| it.state == ConsultationState::Working) {
                known.waiting = waiting;
            }
        });
    }

    /// Shows what was just asked, unless events were faster than the answer to the command.
    pub(super) fn meet(self, asked: Consultation) {
        let is_known =
            self.consultations.with_untracked(|all| all.iter().any(|known| known.id >= asked.id));
        if !is_known && asked.state == ConsultationState::Working {
            self.take_consultation(asked);
        }
    }

    /// Stops what the alignment model is asked.
    pub(crate) fn stop_consultation(self, id: ConsultationId) {
        self.page.command(api::stop_consultation(id));
    }

    /// Does what is proposed.
    pub(crate) fn accept_consultation(self, id: ConsultationId) {
        self.page.once("decide", async move {
            self.decided(api::accept_consultation(id).await)?;
            self.page.tell("Proposal accepted. “Changes” undoes it.".to_owned());
            Ok(())
        });
    }

    /// Says no to what is proposed, or puts a notice away.
    pub(crate) fn dismiss_consultation(self, id: ConsultationId) {
        self.page.once("decide", async move { self.decided(api::dismiss_consultation(id).await) });
    }

    fn decided(self, outcome: Result<Consultation, AppError>) -> Result<(), AppError> {
        let consultation = outcome?;
        if self.page.is_alive() {
            self.take_consultation(consultation);
        }
        Ok(())
    }
}

impl WorkbenchState {
    /// Asks for statements to take up instead of typing.
    pub(crate) fn suggest(self, tone: Tone) {
        let Some(run) = untrack(|| self.output.answered_run()) else { return };
        let model = self.prompt.models_now().alignment_model;
        self.page.once("suggest", async move {
            let asked = api::suggest(run, tone, model).await?;
            if self.page.is_alive() {
                self.guidelines.meet(asked);
            }
            Ok(())
        });
    }

    /// Asks once more what failed, was stopped or interrupted, with the model that is chosen now.
    pub(crate) fn ask_again(self, id: ConsultationId) {
        let model = self.prompt.models_now().alignment_model;
        self.page.once("again", async move {
            let asked = api::ask_again(id, model).await?;
            if self.page.is_alive() {
                self.guidelines.set_consultations.update(|all| all.retain(|known| known.id != id));
                self.guidelines.meet(asked);
            }
            Ok(())
        });
    }
}
