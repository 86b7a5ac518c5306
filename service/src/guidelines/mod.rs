//! Guidelines: add, edit, switch, move, remove, and undo any of it.

mod sets;

use align::guidelines::is_same;
use align::record::{
    Consultation, Event, Guideline, GuidelineChange, GuidelineChangeId, GuidelineId, PromptId,
};
use store::{GuidelineEdit, GuidelineList};

use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::{Caller, Studio, UseCases, limits};

/// Entries of the ledger in one answer.
const MAX_LISTED: u32 = 100;

impl UseCases {
    /// Adds a guideline that a person wrote, at the end of the list and switched on.
    pub async fn add_guideline(
        &self,
        id: PromptId,
        text: &str,
    ) -> Result<Vec<Guideline>, ServiceError> {
        let studio = self.allow(UseCase::AddGuideline)?;
        let text = limits::guideline(text)?;
        let known = studio.shared.store.guidelines(id).await?;
        limits::more_guidelines(known.len(), 1)?;
        if known.iter().any(|known| is_same(&known.text, &text)) {
            return Err(ServiceError::conflict(
                "The list has this guideline already.",
                "Switch it on if it is off, or write something else.",
            ));
        }
        let list =
            studio.shared.store.add_guideline(id, &text, self.caller().name(), now()).await?;
        Ok(studio.tell_guidelines(list))
    }

    /// Lets a guideline that says `before` say something else.
    pub async fn edit_guideline(
        &self,
        id: GuidelineId,
        before: &str,
        text: &str,
    ) -> Result<Vec<Guideline>, ServiceError> {
        let studio = self.allow(UseCase::EditGuideline)?;
        let (before, after) = (before.to_owned(), limits::guideline(text)?);
        studio.change_guideline(self.caller(), id, GuidelineEdit::Text { before, after }).await
    }

    /// Switches a guideline on or off; it takes effect at the next rewrite.
    pub async fn switch_guideline(
        &self,
        id: GuidelineId,
        is_on: bool,
    ) -> Result<Vec<Guideline>, ServiceError> {
        let studio = self.allow(UseCase::SwitchGuideline)?;
        studio.change_guideline(self.caller(), id, GuidelineEdit::Switch(is_on)).await
    }

    /// Moves a guideline to a place from 0; beyond the end is the end.
    pub async fn move_guideline(
        &self,
        id: GuidelineId,
        position: u32,
    ) -> Result<Vec<Guideline>, ServiceError> {
        let studio = self.allow(UseCase::MoveGuideline)?;
        studio.change_guideline(self.caller(), id, GuidelineEdit::Move(position)).await
    }

    /// Takes a guideline out of the list. One that is gone already is no failure.
    pub async fn remove_guideline(&self, id: GuidelineId) -> Result<Vec<Guideline>, ServiceError> {
        let studio = self.allow(UseCase::RemoveGuideline)?;
        studio.change_guideline(self.caller(), id, GuidelineEdit::Remove).await
    }

    /// The changes before `before` (or the newest ones), newest first, at most 100.
    pub async fn guideline_changes(
        &self,
        id: PromptId,
        before: Option<GuidelineChangeId>,
    ) -> Result<Vec<GuidelineChange>, ServiceError> {
        Ok(self
            .allow(UseCase::GuidelineChanges)?
            .shared
            .store
            .guideline_changes(id, before, MAX_LISTED)
            .await?)
    }

    /// Undoes a change by another; undoing a proposal that waits dismisses it.
    pub async fn undo_guideline_change(
        &self,
        id: GuidelineChangeId,
    ) -> Result<Vec<Guideline>, ServiceError> {
        let studio = self.allow(UseCase::UndoGuidelineChange)?;
        let undone =
            studio.shared.store.undo_guideline_change(id, self.caller().name(), now()).await?;
        if let Some(dismissed) = undone.dismissed {
            studio.tell(studio.find::<Consultation>(dismissed).await?);
        }
        Ok(studio.tell_guidelines(undone.list))
    }
}

impl Studio {
    async fn change_guideline(
        &self,
        caller: &Caller,
        id: GuidelineId,
        edit: GuidelineEdit,
    ) -> Result<Vec<Guideline>, ServiceError> {
        let list = self.shared.store.change_guideline(id, edit, caller.name(), now()).await?;
        Ok(self.tell_guidelines(list))
    }

    /// Tells everyone of the list and answers it.
    pub(crate) fn tell_guidelines(&self, list: GuidelineList) -> Vec<Guideline> {
        self.shared.hub.publish(list.prompt_id, Event::Guidelines(list.guidelines.clone()));
        list.guidelines
    }
}
