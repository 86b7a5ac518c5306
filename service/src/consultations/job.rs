//! The job of a consultation: ask, read, ask once more if it has to be, apply. Replies are short, so
//! that they are neither shown nor kept before they were read.

use align::model::Failure;
use align::record::{
    Answer, Consultation, ConsultationId, ConsultationState, Event, PromptId, Waiting,
};
use store::{ConsultationEnd, Consulted, NewConsultation, Outcome, Store, StoreError};

use super::request::{ConsultationInputs, Found, Reading, better};
use crate::jobs::{Arrived, Asking, Ended, Exchange, Job, JobId, Record, Reply, Unanswered};

/// A consultation that is answered.
pub(super) struct ConsultationJob {
    asked: Consultation,
    /// What it takes the place of.
    dismissed: Vec<Consultation>,
    inputs: ConsultationInputs,
}

impl Job for ConsultationJob {
    type Record = Consultation;
    /// A consultation to record, and what the model is shown.
    type Plan = (NewConsultation, ConsultationInputs);
    type Answer = Outcome;

    async fn record_plan(
        (new, inputs): Self::Plan,
        store: &Store,
    ) -> Result<Vec<Self>, StoreError> {
        let started = store.insert_consultation(new).await?;
        let (asked, dismissed) = (started.consultation, started.dismissed);
        Ok(vec![Self { asked, dismissed, inputs }])
    }

    fn record(&self) -> &Consultation {
        &self.asked
    }

    fn changed(&self) -> Vec<Event> {
        self.dismissed.iter().cloned().map(Record::event).collect()
    }

    async fn ask(&self, asking: &Asking<'_, Self>) -> Result<Outcome, Unanswered> {
        let (offered, said) = (self.inputs.offered(), self.inputs.said());
        let request = self.inputs.request(&self.asked.question, &offered, &said);
        let exchange = Exchange {
            first: request.conversation(),
            read: |reply: &Reply| request.read(reply),
            again: |reply: &Reply, reading: &Reading| request.second_try(&reply.text, reading),
            better,
        };
        match asking.exchange(&self.asked.model, exchange).await? {
            Ok(Found::Distilled(distillation)) => Ok(self.inputs.outcome(distillation)),
            Ok(Found::Suggested(texts)) => Ok(Outcome::Answered(Answer::Suggestions(texts))),
            Err(unusable) => Err(Unanswered::Failed(unusable.failure())),
        }
    }

    fn waits(&self, waiting: Option<Waiting>) -> Event {
        Event::ConsultationWaiting { consultation_id: self.asked.id, waiting }
    }

    async fn finish(
        &self,
        store: &Store,
        ended: &Ended<Outcome>,
    ) -> Result<Vec<Event>, StoreError> {
        let outcome = match &ended.answer {
            Ok(outcome) => outcome.clone(),
            Err(unanswered) => {
                let (state, failure) = without_answer(unanswered);
                Outcome::Ended(state, failure)
            }
        };
        let end = ConsultationEnd {
            id: self.asked.id,
            outcome,
            tries: ended.arrived.tries,
            usage: ended.arrived.usage,
            duration_ms: ended.duration_ms,
            now: ended.now,
        };
        Ok(events(store.finish_consultation(&end).await?))
    }

    fn unsaved(&self, ended: &Ended<Outcome>, because: Failure) -> Consultation {
        let (state, failure) = match &ended.answer {
            // Nothing is applied before it is saved.
            Ok(_) => (ConsultationState::Failed, None),
            Err(unanswered) => without_answer(unanswered),
        };
        Consultation {
            state,
            failure: failure.or(Some(because)),
            tries: ended.arrived.tries,
            usage: ended.arrived.usage,
            duration_ms: Some(ended.duration_ms),
            ..self.asked.clone()
        }
    }
}

fn without_answer(unanswered: &Unanswered) -> (ConsultationState, Option<Failure>) {
    match unanswered {
        Unanswered::Stopped => (ConsultationState::Stopped, None),
        Unanswered::Interrupted => (ConsultationState::Interrupted, None),
        Unanswered::Failed(failure) => (ConsultationState::Failed, Some(failure.clone())),
    }
}

/// The events that tell of a consultation and, before it, of the guidelines that it changed.
pub(super) fn events(consulted: Consulted) -> Vec<Event> {
    let list = consulted.list.map(|list| Event::Guidelines(list.guidelines));
    list.into_iter().chain([consulted.consultation.event()]).collect()
}

impl Record for Consultation {
    type Id = ConsultationId;

    const NOUN: &'static str = "proposal";

    fn id(&self) -> ConsultationId {
        self.id
    }

    fn job_id(id: ConsultationId) -> JobId {
        (Self::NOUN, id.0)
    }

    fn prompt_id(&self) -> PromptId {
        self.prompt_id
    }

    fn is_working(&self) -> bool {
        self.state == ConsultationState::Working
    }

    async fn load(store: &Store, id: ConsultationId) -> Result<Option<Self>, StoreError> {
        store.consultation(id).await
    }

    fn with_arrived(self, arrived: Arrived) -> Self {
        let waiting = arrived.waiting();
        match arrived.unsaved {
            Some(Event::Consultation(unsaved)) => *unsaved,
            _ => Self { tries: arrived.tries, waiting, ..self },
        }
    }

    fn event(self) -> Event {
        Event::Consultation(Box::new(self))
    }
}
