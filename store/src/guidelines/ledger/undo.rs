//! Undoing a change to a guideline, by a new entry.

use align::record::{
    ChangeKind, ConsultationId, ConsultationState, GuidelineChange, GuidelineChangeId,
    GuidelineState, PromptId, Timestamp,
};

use super::{Entry, find, write};
use crate::guidelines::{GuidelineList, list, positions};
use crate::sqlite::Connection;
use crate::{Store, StoreError, consultations, prompts};

/// What undoing made.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// The guidelines afterwards.
    pub list: GuidelineList,
    /// The proposal that was dismissed, where that is what undoing means.
    pub dismissed: Option<ConsultationId>,
}

impl Store {
    /// Undoes a change by a new entry; a proposal that waits is dismissed.
    ///
    /// Errors: [`StoreError::UndoneBefore`], [`StoreError::ChangedAgain`] if a later change would be
    /// lost, [`StoreError::ConsultationDecided`] for a proposal that was accepted.
    pub async fn undo_guideline_change(
        &self,
        id: GuidelineChangeId,
        author: &str,
        now: Timestamp,
    ) -> Result<Undone, StoreError> {
        let mut write = self.write().await?;
        let entry = find(&mut *write, id).await?;
        let (prompt_id, current) = positions::find(&mut *write, entry.guideline_id).await?;
        prompts::newest(&mut *write, prompt_id).await?;
        if entry.undone {
            return Err(StoreError::UndoneBefore);
        }
        let dismissed = entry.consultation_id.filter(|_| entry.kind == ChangeKind::Proposed);
        match dismissed {
            Some(consultation) => dismiss(&mut write, consultation, now).await?,
            None => undo(&mut write, prompt_id, &entry, current, (author, now)).await?,
        }
        let guidelines = list(&mut *write, prompt_id).await?;
        write.commit().await?;
        Ok(Undone { list: GuidelineList { prompt_id, guidelines }, dismissed })
    }
}

async fn undo(
    connection: &mut Connection,
    prompt_id: PromptId,
    undone: &GuidelineChange,
    before: Option<GuidelineState>,
    (author, now): (&str, Timestamp),
) -> Result<(), StoreError> {
    let after = undone.undo(before.as_ref()).map_err(|_| StoreError::ChangedAgain)?;
    let after = positions::put(connection, prompt_id, undone.guideline_id, after).await?;
    let entry = Entry::new(prompt_id, undone.guideline_id, author, now, ChangeKind::Undone);
    write(connection, &Entry { before, after, undoes: Some(undone.id), ..entry }).await
}

async fn dismiss(
    connection: &mut Connection,
    id: ConsultationId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let state = consultations::get(&mut *connection, id).await?.state;
    if state != ConsultationState::Ready {
        return Err(StoreError::ConsultationDecided { state });
    }
    consultations::decide(connection, id, ConsultationState::Dismissed, now).await
}
