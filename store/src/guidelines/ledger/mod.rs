//! The ledger of guidelines: one entry for every change, and undoing.

use align::record::{
    ChangeKind, ConsultationId, ConsultationState, GuidelineChange, GuidelineChangeId, GuidelineId,
    GuidelineState, PromptId, Timestamp,
};
use sqlx::sqlite::SqliteRow;
use sqlx::types::Json;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::columns::{Columns, Table};
use crate::consultations;
use crate::guidelines::{self, GuidelineList};
use crate::{Store, StoreError, places, prompts};

static CHANGES: Table = Table { name: "guideline_changes", key: &["id"] };

pub(crate) const SELECT_OF_PROMPT: &str = "
    SELECT entry.*, undoing.id IS NOT NULL OR (entry.kind = 'proposed'
            AND consultations.state = 'dismissed') AS undone
    FROM guideline_changes AS entry
    LEFT JOIN guideline_changes AS undoing ON undoing.undoes = entry.id
    LEFT JOIN consultations ON consultations.id = entry.consultation_id
    WHERE entry.prompt_id = ?1 AND entry.id < ?2 ORDER BY entry.id DESC LIMIT ?3";

const SELECT: &str = "
    SELECT entry.*, undoing.id IS NOT NULL OR (entry.kind = 'proposed'
            AND consultations.state = 'dismissed') AS undone
    FROM guideline_changes AS entry
    LEFT JOIN guideline_changes AS undoing ON undoing.undoes = entry.id
    LEFT JOIN consultations ON consultations.id = entry.consultation_id
    WHERE entry.id = ?1";

/// What undoing made.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// The guidelines afterwards.
    pub list: GuidelineList,
    /// The proposal that was dismissed, where that is what undoing means.
    pub dismissed: Option<ConsultationId>,
}

impl Store {
    /// The changes to a prompt's guidelines before `before` (or the newest ones), newest first.
    pub async fn guideline_changes(
        &self,
        id: PromptId,
        before: Option<GuidelineChangeId>,
        limit: u32,
    ) -> Result<Vec<GuidelineChange>, StoreError> {
        let before = before.map_or(i64::MAX, |before| before.0);
        let rows = sqlx::query(SELECT_OF_PROMPT).bind(id.0).bind(before).bind(limit);
        rows.fetch_all(self.readers()).await?.iter().map(read).collect()
    }

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
        let (prompt_id, current) = places::find(&mut *write, entry.guideline_id).await?;
        prompts::newest(&mut *write, prompt_id).await?;
        if entry.undone {
            return Err(StoreError::UndoneBefore);
        }
        let dismissed = entry.consultation_id.filter(|_| entry.kind == ChangeKind::Proposed);
        match dismissed {
            Some(consultation) => dismiss(&mut write, consultation, now).await?,
            None => undo(&mut write, prompt_id, &entry, current, (author, now)).await?,
        }
        let guidelines = guidelines::list(&mut *write, prompt_id).await?;
        write.commit().await?;
        Ok(Undone { list: GuidelineList { prompt_id, guidelines }, dismissed })
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
    connection: &mut SqliteConnection,
    entry: &Entry<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO guideline_changes (prompt_id, guideline_id, author, at, kind, consultation_id,
            undoes, before, after)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
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

async fn undo(
    connection: &mut SqliteConnection,
    prompt_id: PromptId,
    undone: &GuidelineChange,
    before: Option<GuidelineState>,
    (author, now): (&str, Timestamp),
) -> Result<(), StoreError> {
    let after = undone.undo(before.as_ref()).map_err(|_| StoreError::ChangedAgain)?;
    let after = places::put(connection, prompt_id, undone.guideline_id, after).await?;
    let entry = Entry::new(prompt_id, undone.guideline_id, author, now, ChangeKind::Undone);
    write(connection, &Entry { before, after, undoes: Some(undone.id), ..entry }).await
}

async fn dismiss(
    connection: &mut SqliteConnection,
    id: ConsultationId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let state = consultations::get(&mut *connection, id).await?.state;
    if state != ConsultationState::Ready {
        return Err(StoreError::ConsultationDecided { state });
    }
    consultations::decide(connection, id, ConsultationState::Dismissed, now).await
}

async fn find(
    executor: impl SqliteExecutor<'_>,
    id: GuidelineChangeId,
) -> Result<GuidelineChange, StoreError> {
    let row = sqlx::query(SELECT).bind(id.0).fetch_optional(executor).await?;
    read(&row.ok_or_else(|| StoreError::not_found(format!("change {id}")))?)
}

fn read(row: &SqliteRow) -> Result<GuidelineChange, StoreError> {
    let row = Columns::new(row, &CHANGES);
    Ok(GuidelineChange {
        id: GuidelineChangeId(row.get("id")?),
        guideline_id: GuidelineId(row.get("guideline_id")?),
        author: row.get("author")?,
        at: row.get("at")?,
        kind: read_kind(&row)?,
        before: row.optional_json("before")?,
        after: row.optional_json("after")?,
        consultation_id: row.get::<Option<i64>>("consultation_id")?.map(ConsultationId),
        undoes: row.get::<Option<i64>>("undoes")?.map(GuidelineChangeId),
        undone: row.get("undone")?,
    })
}

const KINDS: [(&str, ChangeKind); 7] = [
    ("proposed", ChangeKind::Proposed),
    ("added", ChangeKind::Added),
    ("edited", ChangeKind::Edited),
    ("switched", ChangeKind::Switched),
    ("moved", ChangeKind::Moved),
    ("removed", ChangeKind::Removed),
    ("undone", ChangeKind::Undone),
];

fn kind_name(kind: ChangeKind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name)
}

fn read_kind(row: &Columns<'_>) -> Result<ChangeKind, StoreError> {
    let name: &str = row.get("kind")?;
    let known = KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    known.ok_or_else(|| row.corrupt("kind", "not a kind"))
}
