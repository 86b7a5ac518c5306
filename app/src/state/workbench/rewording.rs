//! Other words for guidelines and pieces of feedback.

use align::Feedback;
use align::record::{FeedbackId, GuidelineId, Reworded, Rewording};
use leptos::prelude::*;

use super::WorkbenchState;
use crate::api;
use crate::error::AppError;

impl WorkbenchState {
    /// Puts the typed words in place of `now`, which the person saw; with `None`, of something that is
    /// gone, keeps them as something new. They stay in their box unless the server takes them.
    pub(crate) fn save_rewording(self, of: Reworded, now: Option<String>) {
        let Some(typed) = untrack(|| self.prompt.rewording(of)) else { return };
        let text = typed.text.trim().to_owned();
        if now.as_ref() == Some(&text) {
            self.prompt.cancel_rewording(of);
            return;
        }
        self.page.once("reword", async move {
            match of {
                Reworded::Guideline(id) => self.save_guideline(id, now, text).await?,
                Reworded::Feedback(id) => self.save_piece(id, now, text).await?,
            }
            if self.page.is_alive()
                && untrack(|| self.prompt.rewording(of)).as_ref() == Some(&typed)
            {
                self.prompt.cancel_rewording(of);
            }
            Ok(())
        });
    }

    async fn save_guideline(
        self,
        id: GuidelineId,
        now: Option<String>,
        text: String,
    ) -> Result<(), AppError> {
        let list = match now {
            Some(now) => api::edit_guideline(id, now, text).await,
            None => api::add_guideline(self.page.id(), text).await,
        }?;
        if self.page.is_alive() {
            self.guidelines.take_guidelines(list);
        }
        Ok(())
    }

    async fn save_piece(
        self,
        id: FeedbackId,
        now: Option<String>,
        text: String,
    ) -> Result<(), AppError> {
        let piece = match (now, untrack(|| self.output.run_id())) {
            (Some(now), _) => api::change_feedback(id, now, text).await,
            (None, Some(run)) => api::add_feedback(run, Feedback::whole(text)).await,
            (None, None) => return Ok(()),
        }?;
        if self.page.is_alive() {
            self.take_piece(piece);
        }
        Ok(())
    }

    /// Words that another page discarded, unless they were saved.
    pub(crate) fn discarded_elsewhere(self) -> Option<Rewording> {
        let words = self.prompt.discarded()?;
        let text = words.text.trim();
        let is_saved = self.guidelines.list().with(|all| all.iter().any(|it| it.text == text))
            || self.refine.pieces().with(|all| all.iter().any(|it| it.feedback.text == text));
        (!is_saved).then_some(words)
    }
}
