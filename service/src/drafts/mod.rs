//! Drafts: ask for one or several, stop, reject, list.

mod accept;
mod edit;
mod inputs;
mod job;
mod repeated;

pub use accept::AcceptDraft;

use align::Feedback;
use align::record::{
    Draft, DraftGuideline, DraftId, DraftOrder, DraftState, FeedbackId, PromptId, Run, RunId,
    StartFrom, VersionNumber, Workflow,
};
use store::NewDraft;

use job::DraftJob;

use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::versions::SaveVersion;
use crate::{Studio, UseCases, limits};

impl UseCases {
    /// Asks the alignment model for rewrites: one, or several that differ, all at once.
    pub async fn start_draft(&self, order: DraftOrder) -> Result<Vec<Draft>, ServiceError> {
        let studio = self.allow(UseCase::StartDraft)?;
        limits::not_blank(&order.prompt)?;
        limits::candidates(order.candidates)?;
        let (prompt_id, candidates) = (order.prompt_id, order.candidates);
        let run = studio.run_for(prompt_id, order.run_id).await?;
        let (pieces, feedback) =
            studio.feedback_for(order.run_id, &order.pieces, order.feedback).await?;
        let guidelines = studio.guidelines_for(prompt_id, order.workflow).await?;
        if guidelines.is_empty() || !feedback.is_empty() {
            limits::all_feedback(&feedback)?;
        }
        let note = match order.workflow {
            Workflow::Direct => "Saved by Draft rewrite",
            Workflow::Guidelines => "Saved by Rewrite from guidelines",
        };
        let note = note.to_owned();
        let save = SaveVersion { prompt_id, prompt: order.prompt, base: order.base, note };
        let newest = studio.save_typed(self.caller(), save).await?.version;
        let given = match order.start {
            StartFrom::Newest => newest.clone(),
            StartFrom::Original => studio.version(prompt_id, 1).await?,
        };
        let new = NewDraft {
            prompt_id,
            base: newest.summary.number,
            rewrites: given.summary.number,
            run_id: order.run_id,
            author: self.caller().name().to_owned(),
            model: studio.model_or_preferred(order.alignment_model).await,
            feedback,
            pieces,
            guidelines,
            proposal: None,
            now: now(),
        };
        let proposal = studio.known_proposal(&newest, order.start, candidates, &new).await?;
        let inputs = inputs::each(&newest.prompt, &given.prompt, run.as_ref(), candidates)?;
        studio.begin::<DraftJob>((NewDraft { proposal, ..new }, inputs)).await
    }

    /// Stops a draft that is being written. One that has ended is no failure.
    pub async fn stop_draft(&self, id: DraftId) -> Result<(), ServiceError> {
        self.allow(UseCase::StopDraft)?.stop::<Draft>(id).await
    }

    /// Says no to a draft. Saying it twice is no failure.
    pub async fn reject_draft(&self, id: DraftId) -> Result<Draft, ServiceError> {
        let studio = self.allow(UseCase::RejectDraft)?;
        let draft = studio.shared.store.reject_draft(id, now()).await?;
        studio.tell(draft.clone());
        Ok(draft)
    }

    /// Every draft made on a version, oldest first.
    pub async fn drafts_of_version(
        &self,
        id: PromptId,
        number: VersionNumber,
    ) -> Result<Vec<Draft>, ServiceError> {
        let studio = self.allow(UseCase::DraftsOfVersion)?;
        let drafts = studio.shared.store.drafts_of_version(id, number).await?;
        studio.current_drafts(drafts).await
    }
}

impl Studio {
    /// The drafts as they are now: with what has arrived since their rows were written, and with the
    /// findings of edited texts.
    pub(crate) async fn current_drafts(
        &self,
        drafts: Vec<Draft>,
    ) -> Result<Vec<Draft>, ServiceError> {
        let mut current = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let draft = self.current(draft);
            let is_open = draft.state == DraftState::Ready;
            current.push(if is_open { self.with_current_findings(draft).await? } else { draft });
        }
        Ok(current)
    }

    /// The run whose output is shown, which must be one of this prompt.
    async fn run_for(
        &self,
        prompt: PromptId,
        id: Option<RunId>,
    ) -> Result<Option<Run>, ServiceError> {
        let Some(id) = id else { return Ok(None) };
        let run = self.find::<Run>(id).await?;
        if run.prompt_id == prompt { Ok(Some(run)) } else { Err(ServiceError::missing("run")) }
    }

    /// The guidelines to follow: those that are switched on.
    async fn guidelines_for(
        &self,
        prompt: PromptId,
        workflow: Workflow,
    ) -> Result<Vec<DraftGuideline>, ServiceError> {
        if workflow == Workflow::Direct {
            return Ok(Vec::new());
        }
        let listed = self.shared.store.guidelines(prompt).await?.into_iter();
        let on = listed.filter(|it| it.is_on).map(|it| DraftGuideline { id: it.id, text: it.text });
        let on: Vec<_> = on.collect();
        limits::some_guidelines(&on)?;
        Ok(on)
    }

    /// The kept pieces that are still there, and all feedback in words: pieces first.
    async fn feedback_for(
        &self,
        run: Option<RunId>,
        pieces: &[FeedbackId],
        given: Vec<Feedback>,
    ) -> Result<(Vec<FeedbackId>, Vec<Feedback>), ServiceError> {
        let mut ids = Vec::new();
        let mut all = Vec::new();
        if let Some(run) = run.filter(|_| !pieces.is_empty()) {
            let open = self.shared.store.open_feedback(run).await?;
            for piece in open.into_iter().filter(|piece| pieces.contains(&piece.id)) {
                ids.push(piece.id);
                all.push(piece.feedback);
            }
        }
        all.extend(given);
        Ok((ids, all))
    }
}
