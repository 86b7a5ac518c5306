//! Consultations: ask the alignment model about a run, and decide on what it proposes.

mod consulting;
mod question;

use align::guidelines::Tone;
use align::model::ModelRef;
use align::record::{
    Answer, Consultation, ConsultationId, ConsultationState, Event, Evidence, PromptId, Question,
    Run, RunId,
};
use store::{Consulted, NewConsultation};

use crate::access::UseCase;
use crate::clock::now;
use crate::consultations::question::Order;
use crate::drafts::order::mark;
use crate::error::ServiceError;
use crate::jobs::{Ended, Work};
use crate::studio::detached;
use crate::{Caller, Studio, UseCases, limits};

/// Consultations of a snapshot.
const MAX_OPEN: u32 = 20;

impl UseCases {
    /// Asks what a critique, praise or a corrected output means for the guidelines.
    pub async fn distil(
        &self,
        run: RunId,
        evidence: Evidence,
        alignment_model: Option<ModelRef>,
    ) -> Result<Consultation, ServiceError> {
        let studio = self.allow(UseCase::Distil)?;
        let model = studio.model_or_preferred(alignment_model).await;
        studio.consult(self.caller(), run, Question::Distil { evidence }, model, None).await
    }

    /// Asks for statements about an output that a person can take up instead of typing.
    pub async fn suggest(
        &self,
        run: RunId,
        tone: Tone,
        alignment_model: Option<ModelRef>,
    ) -> Result<Consultation, ServiceError> {
        let studio = self.allow(UseCase::Suggest)?;
        let model = studio.model_or_preferred(alignment_model).await;
        studio.consult(self.caller(), run, Question::Suggest { tone }, model, None).await
    }

    /// Asks once more what found no answer; the old consultation is put away. Without `model` the same
    /// one is asked.
    pub async fn ask_again(
        &self,
        id: ConsultationId,
        model: Option<ModelRef>,
    ) -> Result<Consultation, ServiceError> {
        let studio = self.allow(UseCase::AskAgain)?;
        let before = studio.consultation(id).await?;
        let model = model.unwrap_or(before.model);
        studio.consult(self.caller(), before.run_id, before.question, model, Some(id)).await
    }

    /// Stops a consultation that goes on. One that has ended is no failure.
    pub async fn stop_consultation(&self, id: ConsultationId) -> Result<(), ServiceError> {
        let studio = self.allow(UseCase::StopConsultation)?;
        if !studio.shared.tasks.stop(Work::Consultation(id)) {
            studio.consultation(id).await?;
        }
        Ok(())
    }

    /// Does to the guideline what is proposed. Accepting twice is no failure.
    pub async fn accept_consultation(
        &self,
        id: ConsultationId,
    ) -> Result<Consultation, ServiceError> {
        let studio = self.allow(UseCase::AcceptConsultation)?;
        let accepted =
            studio.shared.store.accept_consultation(id, self.caller().name(), now()).await?;
        Ok(studio.tell_consulted(accepted))
    }

    /// Puts a consultation away: says no to what is proposed, or closes a notice. Doing it twice is no
    /// failure.
    pub async fn dismiss_consultation(
        &self,
        id: ConsultationId,
    ) -> Result<Consultation, ServiceError> {
        let studio = self.allow(UseCase::DismissConsultation)?;
        let dismissed = studio.shared.store.dismiss_consultation(id, now()).await?;
        studio.tell_consultation(&dismissed);
        Ok(dismissed)
    }

    /// One consultation, with what it waits for.
    pub async fn consultation(&self, id: ConsultationId) -> Result<Consultation, ServiceError> {
        self.allow(UseCase::Consultation)?.consultation(id).await
    }
}

impl Studio {
    pub(crate) async fn consultation(
        &self,
        id: ConsultationId,
    ) -> Result<Consultation, ServiceError> {
        let found = self.shared.store.consultation(id).await?;
        let found = found.ok_or_else(|| ServiceError::missing("proposal"))?;
        Ok(self.with_what_arrived(found))
    }

    /// Those that go on or wait for a person, oldest first, the newest 20.
    pub(crate) async fn open_consultations(
        &self,
        id: PromptId,
    ) -> Result<Vec<Consultation>, ServiceError> {
        let open = self.shared.store.open_consultations(id, MAX_OPEN).await?;
        Ok(open.into_iter().map(|it| self.with_what_arrived(it)).collect())
    }

    pub(crate) fn tell_consultation(&self, consultation: &Consultation) {
        let event = Event::Consultation(Box::new(consultation.clone()));
        self.shared.hub.publish(consultation.prompt_id, event);
    }

    /// Tells everyone of a consultation and, before it, of the guidelines that it changed.
    pub(crate) fn tell_consulted(&self, consulted: Consulted) -> Consultation {
        if let Some(list) = consulted.list {
            self.tell_guidelines(list);
        }
        self.tell_consultation(&consulted.consultation);
        consulted.consultation
    }

    async fn consult(
        &self,
        caller: &Caller,
        run_id: RunId,
        question: Question,
        model: ModelRef,
        again: Option<ConsultationId>,
    ) -> Result<Consultation, ServiceError> {
        let run = self.run(run_id).await?;
        limits::answered(&run)?;
        if let Question::Distil { evidence } = &question {
            limits::evidence(evidence, &run.output)?;
        }
        let order = self.order(run, &question).await?;
        let prompt_id = order.run.prompt_id;
        let author = caller.name().to_owned();
        let new = NewConsultation { prompt_id, run_id, author, model, question, again, now: now() };
        let studio = self.clone();
        detached(async move {
            let started = studio.shared.store.insert_consultation(new).await?;
            let consultation = started.consultation;
            let stops = studio.shared.tasks.register(Work::Consultation(consultation.id));
            started.dismissed.iter().for_each(|it| studio.tell_consultation(it));
            studio.tell_consultation(&consultation);
            let task = consulting::ask(studio.clone(), consultation.clone(), order, stops);
            studio.shared.tasks.spawn(task);
            Ok(consultation)
        })
        .await
    }

    async fn order(&self, run: Run, question: &Question) -> Result<Order, ServiceError> {
        let prompt = self.version(run.prompt_id, run.version).await?.prompt;
        let guidelines = self.shared.store.guidelines(run.prompt_id).await?;
        let said = match question {
            Question::Distil { .. } => {
                limits::more_guidelines(guidelines.len(), 1)?;
                Vec::new()
            }
            Question::Suggest { .. } => self.said(&run).await?,
        };
        Ok(Order { prompt, run, guidelines, said, mark: mark()? })
    }

    /// What need not be suggested any more, besides the guidelines: feedback on the run, and what was
    /// suggested before and not put away.
    async fn said(&self, run: &Run) -> Result<Vec<String>, ServiceError> {
        let feedback = self.shared.store.open_feedback(run.id).await?.into_iter();
        let mut said: Vec<_> = feedback.map(|piece| piece.feedback.text).collect();
        for consultation in self.shared.store.open_consultations(run.prompt_id, MAX_OPEN).await? {
            if let Some(Answer::Suggestions(texts)) = consultation.answer {
                said.extend(texts);
            }
        }
        Ok(said)
    }

    /// A consultation as it is now: ahead of its row while it goes on.
    fn with_what_arrived(&self, consultation: Consultation) -> Consultation {
        if consultation.state != ConsultationState::Working {
            return consultation;
        }
        let Some(arrived) = self.shared.tasks.arrived(Work::Consultation(consultation.id)) else {
            return consultation;
        };
        match arrived.ended.as_deref() {
            Some(Ended::Consultation(ended)) => ended.clone(),
            _ => Consultation {
                waiting: arrived.waiting_now(),
                tries: arrived.tries,
                ..consultation
            },
        }
    }
}
