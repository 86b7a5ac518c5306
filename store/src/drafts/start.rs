//! Drafts that are asked for.

use super::get;
use super::row::state_name;
use crate::error::missing;
use crate::json::Json;
use crate::leases::Lease;
use crate::sqlite::Connection;
use crate::{Noun, Store, StoreError, prompts};
use align::Feedback;
use align::model::ModelRef;
use align::record::{
    Draft, DraftGuideline, DraftId, DraftState, FeedbackId, PromptId, Proposal, RunId, Timestamp,
    VersionNumber,
};

/// A draft that is asked for.
#[derive(Clone, Debug)]
pub struct NewDraft {
    /// The prompt.
    pub prompt_id: PromptId,
    /// The version it follows.
    pub base: VersionNumber,
    /// The version whose text the model is given.
    pub rewrites: VersionNumber,
    /// The run whose output the model is shown.
    pub run_id: Option<RunId>,
    /// Who asks.
    pub author: String,
    /// The alignment model.
    pub model: ModelRef,
    /// All feedback it answers, in order, also that of `pieces`.
    pub feedback: Vec<Feedback>,
    /// The kept pieces among it, taken up when the draft is accepted.
    pub pieces: Vec<FeedbackId>,
    /// The guidelines it follows.
    pub guidelines: Vec<DraftGuideline>,
    /// What is proposed, where that is known without asking the model: then it is ready at once.
    pub proposal: Option<Proposal>,
    /// The time.
    pub now: Timestamp,
}

impl Store {
    /// Keeps `count` drafts that are asked for together, as the next candidates on their base; all of
    /// them or none.
    pub async fn insert_drafts(&self, new: &NewDraft, count: u8) -> Result<Vec<Draft>, StoreError> {
        let lease = self.lease(new.now);
        let mut write = self.write().await?;
        let newest = prompts::newest(&mut *write, new.prompt_id).await?;
        // Versions have no gaps.
        if !(1..=newest.unwrap_or(0)).contains(&new.base) {
            return Err(StoreError::NotFound { noun: base(new) });
        }
        let (mut drafts, mut first) = (Vec::new(), None);
        for _ in 0..count {
            let id = insert(&mut write, new, lease).await?;
            let first = *first.get_or_insert(id);
            if count > 1 {
                join(&mut write, id, first).await?;
            }
            drafts.push(get(&mut *write, id).await?);
        }
        write.commit().await?;
        Ok(drafts)
    }
}

async fn insert(
    connection: &mut Connection,
    new: &NewDraft,
    lease: Lease<'_>,
) -> Result<DraftId, StoreError> {
    // One whose answer is known is not worked on.
    let is_ready = new.proposal.is_some();
    let lease = (!is_ready).then_some(lease);
    let id = sqlx::query_scalar(
        "INSERT INTO drafts (prompt_id, base, number, run_id, author, model, state, tries,
            started_at, feedback, rewrites, guidelines, proposal, owner, lease_until)
        VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM drafts
                WHERE prompt_id = $1 AND base = $2),
            $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        RETURNING id",
    )
    .bind(new.prompt_id.0)
    .bind(i64::from(new.base))
    .bind(new.run_id.map(|id| id.0))
    .bind(&new.author)
    .bind(new.model.to_string())
    .bind(state_name(if is_ready { DraftState::Ready } else { DraftState::Drafting }))
    .bind(i64::from(!is_ready))
    .bind(new.now)
    .bind(Json(&new.feedback))
    .bind(i64::from(new.rewrites))
    .bind(Json(&new.guidelines))
    .bind(new.proposal.as_ref().map(Json))
    .bind(lease.map(|lease| lease.owner))
    .bind(lease.map(|lease| lease.until))
    .fetch_one(&mut *connection)
    .await
    .map_err(|error| missing(error, new.run_id.map_or(base(new), Noun::Run)))?;
    let id = DraftId(id);
    for piece in &new.pieces {
        link(connection, id, *piece).await?;
    }
    Ok(id)
}

/// Notes with which draft this one was asked for.
async fn join(connection: &mut Connection, id: DraftId, first: DraftId) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE drafts SET batch = $2 WHERE id = $1");
    update.bind(id.0).bind(first.0).execute(connection).await?;
    Ok(())
}

fn base(new: &NewDraft) -> Noun {
    Noun::Version(new.prompt_id, new.base)
}

/// Links a draft to a kept piece; one that was removed in the meantime is left out, the draft has
/// its words.
async fn link(
    connection: &mut Connection,
    id: DraftId,
    piece: FeedbackId,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO draft_feedback (draft_id, feedback_id)
        SELECT $1, id FROM feedback WHERE id = $2 ON CONFLICT DO NOTHING",
    )
    .bind(id.0)
    .bind(piece.0)
    .execute(connection)
    .await?;
    Ok(())
}
