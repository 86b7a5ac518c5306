//! The ledger of guidelines: one entry for every change.

mod row;
mod undo;

use self::row::{kind_name, read};
pub use self::undo::Undone;
use crate::json::Json;
use crate::sqlite::{Connection, Executor};
use crate::{Noun, Store, StoreError};
use align::record::{
    ChangeKind, ConsultationId, GuidelineChange, GuidelineChangeId, GuidelineId, GuidelineState,
    PromptId, Timestamp,
};

pub(crate) const SELECT_OF_PROMPT: &str = "
    SELECT entry.*, undoing.id IS NOT NULL OR (entry.kind = 'proposed'
            AND consultations.state = 'dismissed') AS undone
    FROM guideline_changes AS entry
    LEFT JOIN guideline_changes AS undoing ON undoing.undoes = entry.id
    LEFT JOIN consultations ON consultations.id = entry.consultation_id
    WHERE entry.prompt_id = $1 AND entry.id < $2 ORDER BY entry.id DESC LIMIT $3";

const SELECT: &str = "
    SELECT entry.*, undoing.id IS NOT NULL OR (entry.kind = 'proposed'
            AND consultations.state = 'dismissed') AS undone
    FROM guideline_changes AS entry
    LEFT JOIN guideline_changes AS undoing ON undoing.undoes = entry.id
    LEFT JOIN consultations ON consultations.id = entry.consultation_id
    WHERE entry.id = $1";

impl Store {
    /// The changes to a prompt's guidelines before `before` (or the newest ones), newest first.
    pub async fn guideline_changes(
        &self,
        id: PromptId,
        before: Option<GuidelineChangeId>,
        limit: u32,
    ) -> Result<Vec<GuidelineChange>, StoreError> {
        let before = before.map_or(i64::MAX, |before| before.0);
        let rows = sqlx::query(SELECT_OF_PROMPT).bind(id.0).bind(before).bind(i64::from(limit));
        rows.fetch_all(self.readers()).await?.iter().map(read).collect()
    }
}

/// An entry to write.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) prompt_id: PromptId,
    pub(crate) guideline_id: GuidelineId,
    pub(crate) author: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) kind: ChangeKind,
    pub(crate) before: Option<GuidelineState>,
    pub(crate) after: Option<GuidelineState>,
    pub(crate) consultation_id: Option<ConsultationId>,
    pub(crate) undoes: Option<GuidelineChangeId>,
}

impl<'a> Entry<'a> {
    /// An entry that says nothing yet of what was before and after.
    pub(crate) fn new(
        prompt_id: PromptId,
        guideline_id: GuidelineId,
        author: &'a str,
        at: Timestamp,
        kind: ChangeKind,
    ) -> Self {
        let (before, after, consultation_id, undoes) = (None, None, None, None);
        Self { prompt_id, guideline_id, author, at, kind, before, after, consultation_id, undoes }
    }
}

/// Writes an entry.
pub(crate) async fn write(
    connection: &mut Connection,
    entry: &Entry<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO guideline_changes (prompt_id, guideline_id, author, at, kind, consultation_id,
            undoes, before, after)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(entry.prompt_id.0)
    .bind(entry.guideline_id.0)
    .bind(entry.author)
    .bind(entry.at)
    .bind(kind_name(entry.kind))
    .bind(entry.consultation_id.map(|id| id.0))
    .bind(entry.undoes.map(|id| id.0))
    .bind(entry.before.as_ref().map(Json))
    .bind(entry.after.as_ref().map(Json))
    .execute(connection)
    .await?;
    Ok(())
}

async fn find(
    executor: impl Executor<'_>,
    id: GuidelineChangeId,
) -> Result<GuidelineChange, StoreError> {
    let row = sqlx::query(SELECT).bind(id.0).fetch_optional(executor).await?;
    read(&row.ok_or(StoreError::NotFound { noun: Noun::GuidelineChange(id) })?)
}
