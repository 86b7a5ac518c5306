//! Pieces of feedback kept beside a run.

use align::Feedback;
use align::record::{Event, FeedbackId, PlacedFeedback, PromptId, Run, RunId};

use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::{Studio, UseCases, limits};

impl UseCases {
    /// Keeps a piece of feedback on a run.
    pub async fn add_feedback(
        &self,
        run: RunId,
        feedback: &Feedback,
    ) -> Result<PlacedFeedback, ServiceError> {
        let studio = self.allow(UseCase::AddFeedback)?;
        limits::feedback(feedback)?;
        limits::one_more_piece(studio.shared.store.open_feedback(run).await?.len())?;
        let piece =
            studio.shared.store.add_feedback(run, self.caller().name(), feedback, now()).await?;
        studio.tell_feedback(piece).await
    }

    /// Changes what a piece says from `before`.
    pub async fn change_feedback(
        &self,
        id: FeedbackId,
        before: &str,
        text: &str,
    ) -> Result<PlacedFeedback, ServiceError> {
        let studio = self.allow(UseCase::ChangeFeedback)?;
        limits::feedback(&Feedback::whole(text))?;
        let piece = studio.shared.store.change_feedback(id, before, text).await?;
        studio.tell_feedback(piece).await
    }

    /// Removes a piece. One that is gone already is no failure.
    pub async fn remove_feedback(&self, id: FeedbackId) -> Result<(), ServiceError> {
        let studio = self.allow(UseCase::RemoveFeedback)?;
        if let Some(run) = studio.shared.store.remove_feedback(id).await? {
            let prompt = studio.prompt_of(run).await?;
            studio.shared.hub.publish(prompt, Event::FeedbackGone(id));
        }
        Ok(())
    }
}

impl Studio {
    async fn tell_feedback(&self, piece: PlacedFeedback) -> Result<PlacedFeedback, ServiceError> {
        let prompt = self.prompt_of(piece.run_id).await?;
        self.shared.hub.publish(prompt, Event::Feedback(piece.clone()));
        Ok(piece)
    }

    async fn prompt_of(&self, run: RunId) -> Result<PromptId, ServiceError> {
        Ok(self.find::<Run>(run).await?.prompt_id)
    }
}
