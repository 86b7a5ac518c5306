//! Consultations: ask the alignment model about a run, and decide on what it proposes.

mod job;
mod request;

use align::guidelines::Tone;
use align::model::ModelRef;
use align::record::{
    Answer, Consultation, ConsultationId, Evidence, PromptId, Question, Run, RunId,
};
use store::NewConsultation;

use job::ConsultationJob;
use request::ConsultationInputs;

use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::studio::mark;
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
        let before = studio.find::<Consultation>(id).await?;
        let model = model.unwrap_or(before.model);
        studio.consult(self.caller(), before.run_id, before.question, model, Some(id)).await
    }

    /// Stops a consultation that goes on. One that has ended is no failure.
    pub async fn stop_consultation(&self, id: ConsultationId) -> Result<(), ServiceError> {
        self.allow(UseCase::StopConsultation)?.stop::<Consultation>(id).await
    }

    /// Does to the guideline what is proposed. Accepting twice is no failure.
    pub async fn accept_consultation(
        &self,
        id: ConsultationId,
    ) -> Result<Consultation, ServiceError> {
        let studio = self.allow(UseCase::AcceptConsultation)?;
        let author = self.caller().name();
        let accepted = studio.shared.store.accept_consultation(id, author, now()).await?;
        let consultation = accepted.consultation.clone();
        for event in job::events(accepted) {
            studio.shared.hub.publish(consultation.prompt_id, event);
        }
        Ok(consultation)
    }

    /// Puts a consultation away: says no to what is proposed, or closes a notice. Doing it twice is no
    /// failure.
    pub async fn dismiss_consultation(
        &self,
        id: ConsultationId,
    ) -> Result<Consultation, ServiceError> {
        let studio = self.allow(UseCase::DismissConsultation)?;
        let dismissed = studio.shared.store.dismiss_consultation(id, now()).await?;
        studio.tell(dismissed.clone());
        Ok(dismissed)
    }

    /// One consultation, with what it waits for.
    pub async fn consultation(&self, id: ConsultationId) -> Result<Consultation, ServiceError> {
        self.allow(UseCase::Consultation)?.find(id).await
    }
}

impl Studio {
    /// Those that go on or wait for a person, oldest first, the newest 20.
    pub(crate) async fn open_consultations(
        &self,
        id: PromptId,
    ) -> Result<Vec<Consultation>, ServiceError> {
        let open = self.shared.store.open_consultations(id, MAX_OPEN).await?;
        Ok(open.into_iter().map(|it| self.current(it)).collect())
    }

    async fn consult(
        &self,
        caller: &Caller,
        run_id: RunId,
        question: Question,
        model: ModelRef,
        again: Option<ConsultationId>,
    ) -> Result<Consultation, ServiceError> {
        let run = self.find::<Run>(run_id).await?;
        limits::answered(&run)?;
        if let Question::Distil { evidence } = &question {
            limits::evidence(evidence, &run.output)?;
        }
        let inputs = self.consultation_inputs(run, &question).await?;
        let prompt_id = inputs.run.prompt_id;
        let author = caller.name().to_owned();
        let new = NewConsultation { prompt_id, run_id, author, model, question, again, now: now() };
        self.begin_one::<ConsultationJob>((new, inputs)).await
    }

    async fn consultation_inputs(
        &self,
        run: Run,
        question: &Question,
    ) -> Result<ConsultationInputs, ServiceError> {
        let prompt = self.version(run.prompt_id, run.version).await?.prompt;
        let guidelines = self.shared.store.guidelines(run.prompt_id).await?;
        let said = match question {
            Question::Distil { .. } => {
                limits::more_guidelines(guidelines.len(), 1)?;
                Vec::new()
            }
            Question::Suggest { .. } => self.said(&run).await?,
        };
        Ok(ConsultationInputs { prompt, run, guidelines, said, mark: mark()? })
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
}
