//! Drafts: saved while they stream, and how the writing ended.

use super::row::state_name;
use super::{get, is_decided, not_editable};
use crate::json::Json;
use crate::{Store, StoreError};
use align::record::{Draft, DraftId, DraftState};

impl Store {
    /// Keeps what has arrived of the reply to this try; does nothing once the draft has ended.
    pub async fn save_draft_progress(
        &self,
        id: DraftId,
        tries: u8,
        reply: &str,
    ) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE drafts SET tries = $2, reply = $3 WHERE id = $1 AND state = 'drafting'",
        )
        .bind(id.0)
        .bind(i64::from(tries))
        .bind(reply)
        .execute(&mut *write)
        .await?;
        write.commit().await
    }

    /// Keeps how the writing ended: state, reply, tries, proposal, failure, usage and duration.
    /// [`StoreError::NotEditable`] if it had ended before, or for a state that is a decision.
    pub async fn finish_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let stored = get(&mut *write, draft.id).await?;
        if stored.state != DraftState::Drafting || is_decided(draft.state) {
            return Err(not_editable(draft.id));
        }
        sqlx::query(
            "UPDATE drafts SET state = $2, reply = $3, tries = $4, proposal = $5, failure = $6,
                usage = $7, duration_ms = $8, lease_until = NULL
            WHERE id = $1",
        )
        .bind(draft.id.0)
        .bind(state_name(draft.state))
        .bind(&draft.reply)
        .bind(i64::from(draft.tries))
        .bind(draft.proposal.as_ref().map(Json))
        .bind(draft.failure.as_ref().map(Json))
        .bind(draft.usage.map(Json))
        .bind(draft.duration_ms.map(i64::from))
        .execute(&mut *write)
        .await?;
        write.commit().await
    }
}
