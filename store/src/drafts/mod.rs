//! Drafts: saved while they stream, finished, edited, rejected.

use align::Prompt;
use align::record::{Draft, DraftId, DraftState, PromptId, Timestamp, VersionNumber};
use sqlx::SqliteExecutor;
use sqlx::types::Json;

use crate::draft_row::{read, state_name};
use crate::{Store, StoreError};

const SELECT: &str = "SELECT * FROM drafts WHERE id = ?1";

pub(crate) const SELECT_OPEN: &str = "
    SELECT * FROM drafts WHERE prompt_id = ?1 AND base = ?2
    UNION ALL
    SELECT * FROM drafts WHERE prompt_id = ?1 AND base < ?2 AND state IN ('drafting', 'ready')
    ORDER BY id";

pub(crate) const SELECT_OF_VERSION: &str =
    "SELECT * FROM drafts WHERE prompt_id = ?1 AND base = ?2 ORDER BY number";

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
            "UPDATE drafts SET tries = ?2, reply = ?3 WHERE id = ?1 AND state = 'drafting'",
        )
        .bind(id.0)
        .bind(tries)
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
            "UPDATE drafts SET state = ?2, reply = ?3, tries = ?4, proposal = ?5, failure = ?6,
                usage = ?7, duration_ms = ?8
            WHERE id = ?1",
        )
        .bind(draft.id.0)
        .bind(state_name(draft.state))
        .bind(&draft.reply)
        .bind(draft.tries)
        .bind(draft.proposal.as_ref().map(Json))
        .bind(draft.failure.as_ref().map(Json))
        .bind(draft.usage.map(Json))
        .bind(draft.duration_ms)
        .execute(&mut *write)
        .await?;
        write.commit().await
    }

    /// Reads one draft.
    pub async fn draft(&self, id: DraftId) -> Result<Option<Draft>, StoreError> {
        find(self.readers(), id).await
    }

    /// Drafts on the newest version, and those on earlier ones that wait for a decision or are
    /// being written; oldest first.
    pub async fn open_drafts(
        &self,
        id: PromptId,
        newest: VersionNumber,
    ) -> Result<Vec<Draft>, StoreError> {
        let rows = sqlx::query(SELECT_OPEN).bind(id.0).bind(newest);
        rows.fetch_all(self.readers()).await?.iter().map(read).collect()
    }

    /// Every draft on one version, in order of their numbers.
    pub async fn drafts_of_version(
        &self,
        id: PromptId,
        base: VersionNumber,
    ) -> Result<Vec<Draft>, StoreError> {
        let rows = sqlx::query(SELECT_OF_VERSION).bind(id.0).bind(base);
        rows.fetch_all(self.readers()).await?.iter().map(read).collect()
    }

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
        sqlx::query("UPDATE drafts SET left_out = ?2 WHERE id = ?1")
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
        sqlx::query("UPDATE drafts SET edited = ?2, left_out = '[]' WHERE id = ?1")
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
        sqlx::query("UPDATE drafts SET state = 'rejected', decided_at = ?2 WHERE id = ?1")
            .bind(id.0)
            .bind(now)
            .execute(&mut *write)
            .await?;
        write.commit().await?;
        Ok(Draft { state: DraftState::Rejected, ..draft })
    }
}

/// The draft, which must exist.
pub(crate) async fn get(
    executor: impl SqliteExecutor<'_>,
    id: DraftId,
) -> Result<Draft, StoreError> {
    find(executor, id).await?.ok_or_else(|| StoreError::not_found(format!("draft {id}")))
}

/// Why a draft in `state` cannot be decided.
pub(crate) fn not_ready(id: DraftId, state: DraftState) -> StoreError {
    if is_decided(state) { StoreError::AlreadyDecided { state } } else { not_editable(id) }
}

fn is_decided(state: DraftState) -> bool {
    matches!(state, DraftState::Accepted { .. } | DraftState::Rejected)
}

fn not_editable(id: DraftId) -> StoreError {
    StoreError::not_editable(format!("draft {id}"))
}

async fn find(executor: impl SqliteExecutor<'_>, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let row = sqlx::query(SELECT).bind(id.0).fetch_optional(executor).await?;
    row.as_ref().map(read).transpose()
}
