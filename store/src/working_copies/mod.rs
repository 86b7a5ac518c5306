//! Working copies: what each person has typed and not saved.

mod row;

use self::row::{WORKING_COPIES, read, read_revision};
use crate::columns::Columns;
use crate::error::missing;
use crate::json::Json;
use crate::sqlite::{Connection, Executor, search};
use crate::{Noun, Store, StoreError};
use align::record::{Draft, PromptId, Timestamp, Version, WorkingCopy};

pub(crate) const SELECT: &str = "SELECT * FROM working_copies WHERE prompt_id = $1 AND author = $2";

const PUT: &str = "
    INSERT INTO working_copies (prompt_id, author, base, revision, updated_at, comment, feedback,
        variable_values, prompt, correction, guideline, rewordings)
    VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (prompt_id, author) DO UPDATE SET
        base = excluded.base, revision = working_copies.revision + 1, updated_at = excluded.updated_at,
        comment = excluded.comment, feedback = excluded.feedback,
        variable_values = excluded.variable_values, prompt = excluded.prompt,
        correction = excluded.correction, guideline = excluded.guideline,
        rewordings = excluded.rewordings
    RETURNING revision";

impl Store {
    /// Reads what `author` has typed; `None` if nothing was saved yet.
    pub async fn working_copy(
        &self,
        id: PromptId,
        author: &str,
    ) -> Result<Option<WorkingCopy>, StoreError> {
        find(self.readers(), id, author).await
    }

    /// Saves what `author` has typed and returns the new revision. `copy` names the revision it
    /// comes from, 0 for none; if another page saved since, it is a
    /// [`StoreError::WorkingCopyConflict`]. A deleted prompt takes it too: deleting can be undone.
    pub async fn save_working_copy(
        &self,
        id: PromptId,
        author: &str,
        copy: &WorkingCopy,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut write = self.write().await?;
        let stored = find(&mut *write, id, author).await?.unwrap_or_default();
        if stored.revision != copy.revision {
            return Err(StoreError::WorkingCopyConflict { revision: stored.revision });
        }
        let revision = put(&mut write, id, author, copy, now).await?;
        if stored.prompt != copy.prompt {
            search::index(&mut write, id).await?;
        }
        write.commit().await?;
        Ok(revision)
    }
}

/// Writes a working copy as the next revision, whatever revision it names.
pub(crate) async fn put(
    connection: &mut Connection,
    id: PromptId,
    author: &str,
    copy: &WorkingCopy,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let row = sqlx::query(PUT)
        .bind(id.0)
        .bind(author)
        .bind(copy.base.map(i64::from))
        .bind(now)
        .bind(copy.comment.as_ref().map(Json))
        .bind(&copy.feedback)
        .bind(Json(&copy.values))
        .bind(Json(&copy.prompt))
        .bind(copy.correction.as_ref().map(Json))
        .bind(&copy.guideline)
        .bind(Json(&copy.rewordings))
        .fetch_one(connection)
        .await
        .map_err(|error| missing(error, text_of(id, copy)))?;
    read_revision(&Columns::new(&row, &WORKING_COPIES))
}

/// Puts a version into the editor of `author`, if anything is kept of it.
pub(crate) async fn follow(
    connection: &mut Connection,
    author: &str,
    version: &Version,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE working_copies SET prompt = $3, base = $4,
            revision = working_copies.revision + 1, updated_at = $5
        WHERE prompt_id = $1 AND author = $2",
    )
    .bind(version.summary.prompt_id.0)
    .bind(author)
    .bind(Json(&version.prompt))
    .bind(i64::from(version.summary.number))
    .bind(now)
    .execute(&mut *connection)
    .await?;
    search::index(connection, version.summary.prompt_id).await
}

/// Empties the Feedback box of `author`, if it holds the words that `draft` was made from: whatever was
/// typed since stays.
pub(crate) async fn take_up(
    connection: &mut Connection,
    author: &str,
    draft: &Draft,
) -> Result<(), StoreError> {
    let copy = find(&mut *connection, draft.prompt_id, author).await?;
    if copy.is_some_and(|copy| draft.is_from_box(&copy.feedback)) {
        sqlx::query("UPDATE working_copies SET feedback = '' WHERE prompt_id = $1 AND author = $2")
            .bind(draft.prompt_id.0)
            .bind(author)
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// The working copy of `author`, if anything is kept of it.
pub(crate) async fn find(
    executor: impl Executor<'_>,
    id: PromptId,
    author: &str,
) -> Result<Option<WorkingCopy>, StoreError> {
    let row = sqlx::query(SELECT).bind(id.0).bind(author).fetch_optional(executor).await?;
    row.as_ref().map(read).transpose()
}

/// What a broken foreign key points at.
fn text_of(id: PromptId, copy: &WorkingCopy) -> Noun {
    match copy.base {
        Some(base) => Noun::Version(id, base),
        None => Noun::Prompt(id),
    }
}
