//! Drafts: started, saved while they stream, finished, edited, rejected.

use align::model::ModelRef;
use align::record::{
    Draft, DraftGuideline, DraftId, DraftState, FeedbackId, PromptId, Proposal, RunId, Timestamp,
    VersionNumber,
};
use align::{Feedback, Prompt};
use sqlx::types::Json;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::draft_row::{read, state_name};
use crate::error::missing;
use crate::{Store, StoreError, prompts, versions};

const SELECT: &str = "SELECT * FROM drafts WHERE id = ?1";

pub(crate) const SELECT_OPEN: &str = "
    SELECT * FROM drafts WHERE prompt_id = ?1 AND base = ?2
    UNION ALL
    SELECT * FROM drafts WHERE prompt_id = ?1 AND base < ?2 AND state IN ('drafting', 'ready')
    ORDER BY id";

pub(crate) const SELECT_OF_VERSION: &str =
    "SELECT * FROM drafts WHERE prompt_id = ?1 AND base = ?2 ORDER BY number";

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
    /// Keeps a draft that is being written, as the next candidate on its base.
    pub async fn insert_draft(&self, new: NewDraft) -> Result<Draft, StoreError> {
        let mut write = self.write().await?;
        prompts::newest(&mut *write, new.prompt_id).await?;
        let id = insert(&mut write, &new).await?;
        let draft = get(&mut *write, id).await?;
        write.commit().await?;
        Ok(draft)
    }

    /// Keeps several drafts that are asked for together, all of them or none.
    pub async fn insert_drafts(&self, new: &NewDraft, count: u8) -> Result<Vec<Draft>, StoreError> {
        let mut write = self.write().await?;
        prompts::newest(&mut *write, new.prompt_id).await?;
        let (mut drafts, mut first) = (Vec::new(), None);
        for _ in 0..count {
            let id = insert(&mut write, new).await?;
            let first = *first.get_or_insert(id);
            if count > 1 {
                join(&mut write, id, first).await?;
            }
            drafts.push(get(&mut *write, id).await?);
        }
        write.commit().await?;
        Ok(drafts)
    }

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

    /// Keeps a person's edit of the proposal, with no change left out; `None` takes it back. Only while it is ready, else
    /// [`StoreError::NotEditable`].
    pub async fn edit_draft(
        &self,
        id: DraftId,
        edited: Option<&Prompt>,
    ) -> Result<Draft, StoreError> {
        let mut write = self.write().await?;
        if get(&mut *write, id).await?.state != DraftState::Ready {
            return Err(not_editable(id));
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

async fn insert(connection: &mut SqliteConnection, new: &NewDraft) -> Result<DraftId, StoreError> {
    let id = sqlx::query_scalar(
        "INSERT INTO drafts (prompt_id, base, number, run_id, author, model, state, tries,
            started_at, feedback, rewrites, guidelines, proposal)
        VALUES (?1, ?2, (SELECT coalesce(max(number), 0) + 1 FROM drafts
                WHERE prompt_id = ?1 AND base = ?2),
            ?3, ?4, ?5, iif(?10 IS NULL, 'drafting', 'ready'), ?10 IS NULL, ?6, ?7, ?8, ?9, ?10)
        RETURNING id",
    )
    .bind(new.prompt_id.0)
    .bind(new.base)
    .bind(new.run_id.map(|id| id.0))
    .bind(&new.author)
    .bind(new.model.to_string())
    .bind(new.now)
    .bind(Json(&new.feedback))
    .bind(new.rewrites)
    .bind(Json(&new.guidelines))
    .bind(new.proposal.as_ref().map(Json))
    .fetch_one(&mut *connection)
    .await
    .map_err(|error| missing(error, || base_and_run(new)))?;
    let id = DraftId(id);
    for piece in &new.pieces {
        link(connection, id, *piece).await?;
    }
    Ok(id)
}

/// Notes with which draft this one was asked for.
async fn join(
    connection: &mut SqliteConnection,
    id: DraftId,
    first: DraftId,
) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE drafts SET batch = ?2 WHERE id = ?1");
    update.bind(id.0).bind(first.0).execute(connection).await?;
    Ok(())
}

/// What a broken foreign key of a draft points at.
fn base_and_run(new: &NewDraft) -> String {
    let base = versions::named(new.prompt_id, new.base);
    match new.run_id {
        Some(run) => format!("{base} or run {run}"),
        None => base,
    }
}

/// Links a draft to a kept piece; one that was removed in the meantime is left out, the draft has
/// its words.
async fn link(
    connection: &mut SqliteConnection,
    id: DraftId,
    piece: FeedbackId,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR IGNORE INTO draft_feedback (draft_id, feedback_id)
        SELECT ?1, id FROM feedback WHERE id = ?2",
    )
    .bind(id.0)
    .bind(piece.0)
    .execute(connection)
    .await?;
    Ok(())
}
