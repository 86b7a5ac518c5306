//! What a person does to a draft that is ready, short of accepting it.

use super::{get, not_editable, not_ready};
use crate::json::Json;
use crate::{Store, StoreError};
use align::Prompt;
use align::record::{Draft, DraftId, DraftState, Timestamp};

impl Store {
    /// Keeps which changes of a draft, whose text is `text`, a person left out.
    /// [`StoreError::DraftEdited`] if another page edited the text since; only while it is ready, else
    /// [`StoreError::NotEditable`].
    pub async fn leave_out(
        &self,
        id: DraftId,
        text: &Prompt,
        left_out: &[u32],
    ) -> Result<Draft, StoreError> {
        let mut write = self.write().await?;
        let draft = get(&mut *write, id).await?;
        if draft.state != DraftState::Ready {
            return Err(not_editable(id));
        }
        if draft.text() != Some(text) {
            return Err(StoreError::DraftEdited);
        }
        sqlx::query("UPDATE drafts SET left_out = $2 WHERE id = $1")
            .bind(id.0)
            .bind(Json(left_out))
            .execute(&mut *write)
            .await?;
        write.commit().await?;
        Ok(Draft { left_out: left_out.to_vec(), ..draft })
    }

    /// Keeps a person's edit of a draft that said `known`, with no change left out; `None` goes back to
    /// the proposal. [`StoreError::DraftEdited`] if it says something else by now; only while it is
    /// ready, else [`StoreError::NotEditable`].
    pub async fn edit_draft(
        &self,
        id: DraftId,
        known: &Prompt,
        edited: Option<&Prompt>,
    ) -> Result<Draft, StoreError> {
        let mut write = self.write().await?;
        let draft = get(&mut *write, id).await?;
        if draft.state != DraftState::Ready {
            return Err(not_editable(id));
        }
        // What says the same was saved before, by another page or by this one.
        if draft.text() != Some(known) && draft.text() != edited {
            return Err(StoreError::DraftEdited);
        }
        sqlx::query("UPDATE drafts SET edited = $2, left_out = '[]' WHERE id = $1")
            .bind(id.0)
            .bind(edited.map(Json))
            .execute(&mut *write)
            .await?;
        let draft = get(&mut *write, id).await?;
        write.commit().await?;
        Ok(draft)
    }

    /// Rejects a draft that is ready. Rejecting again changes nothing; an accepted one is
    /// [`StoreError::AlreadyDecided`], one that never became ready [`StoreError::NotEditable`].
    pub async fn reject_draft(&self, id: DraftId, now: Timestamp) -> Result<Draft, StoreError> {
        let mut write = self.write().await?;
        let draft = get(&mut *write, id).await?;
        match draft.state {
            DraftState::Rejected => return Ok(draft),
            DraftState::Ready => {}
            state => return Err(not_ready(id, state)),
        }
        sqlx::query("UPDATE drafts SET state = 'rejected', decided_at = $2 WHERE id = $1")
            .bind(id.0)
            .bind(now)
            .execute(&mut *write)
            .await?;
        write.commit().await?;
        Ok(Draft { state: DraftState::Rejected, ..draft })
    }
}
