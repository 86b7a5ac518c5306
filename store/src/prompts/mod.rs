//! Prompts: making, renaming, tagging and deleting them.

use align::Prompt;
use align::record::{Origin, PromptHead, PromptId, PromptModels, Timestamp, VersionNumber};
use sqlx::sqlite::SqliteRow;
use sqlx::types::Json;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::columns::{Columns, Table};
use crate::versions::{self, Addition};
use crate::{Store, StoreError, search, tags};

pub(crate) static PROMPTS: Table = Table { name: "prompts", key: &["id"] };

pub(crate) const SELECT_HEAD: &str = "
    SELECT id, title, models,
        (SELECT json_group_array(name ORDER BY folded) FROM prompt_tags
            JOIN tags ON tags.id = tag_id WHERE prompt_id = prompts.id) AS tags
    FROM prompts WHERE id = ?1 AND deleted_at IS NULL";

/// A prompt to be made.
#[derive(Clone, Debug)]
pub struct NewPrompt {
    /// Its title; not empty.
    pub title: String,
    /// Its tags, in any spelling.
    pub tags: Vec<String>,
    /// Who makes it.
    pub author: String,
    /// The text of its first version; `None` starts without a version.
    pub prompt: Option<Prompt>,
    /// The note of that version.
    pub note: String,
    /// The time.
    pub now: Timestamp,
}

impl Store {
    /// Makes a prompt, with its first version if it has a text.
    pub async fn create_prompt(&self, new: NewPrompt) -> Result<PromptHead, StoreError> {
        let mut write = self.write().await?;
        let id = insert(&mut write, &new, &PromptModels::default()).await?;
        let head = head(&mut *write, id).await?;
        write.commit().await?;
        Ok(head)
    }

    /// Reads title, tags, models and settings; `None` if it does not exist or was deleted.
    pub async fn prompt(&self, id: PromptId) -> Result<Option<PromptHead>, StoreError> {
        find_head(self.readers(), id).await
    }

    /// Changes the title.
    pub async fn rename_prompt(
        &self,
        id: PromptId,
        title: &str,
        author: &str,
        now: Timestamp,
    ) -> Result<PromptHead, StoreError> {
        let mut write = self.write().await?;
        touch(&mut write, id, author, now).await?;
        sqlx::query("UPDATE prompts SET title = ?2 WHERE id = ?1")
            .bind(id.0)
            .bind(title)
            .execute(&mut *write)
            .await?;
        search::index(&mut write, id).await?;
        let head = head(&mut *write, id).await?;
        write.commit().await?;
        Ok(head)
    }

    /// Replaces the tags. They are trimmed, cut to 40 characters, and the same in any case.
    pub async fn set_tags(
        &self,
        id: PromptId,
        tags: &[String],
        author: &str,
        now: Timestamp,
    ) -> Result<PromptHead, StoreError> {
        let mut write = self.write().await?;
        touch(&mut write, id, author, now).await?;
        tags::replace(&mut write, id, tags).await?;
        search::index(&mut write, id).await?;
        let head = head(&mut *write, id).await?;
        write.commit().await?;
        Ok(head)
    }

    /// Remembers models and settings. This is no change of the prompt: its place in the list stays.
    pub async fn set_models(
        &self,
        id: PromptId,
        models: &PromptModels,
    ) -> Result<PromptHead, StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE prompts SET models = ?2 WHERE id = ?1 AND deleted_at IS NULL")
            .bind(id.0)
            .bind(Json(models))
            .execute(&mut *write)
            .await?;
        let head = head(&mut *write, id).await?;
        write.commit().await?;
        Ok(head)
    }

    /// Deletes a prompt so that it can be undone; nothing of it is lost.
    pub async fn delete_prompt(&self, id: PromptId, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        newest(&mut *write, id).await?;
        mark_deleted(&mut write, id, Some(now)).await?;
        write.commit().await
    }

    /// Undoes the deletion; does nothing to a prompt that is not deleted.
    pub async fn undelete_prompt(&self, id: PromptId) -> Result<PromptHead, StoreError> {
        let mut write = self.write().await?;
        mark_deleted(&mut write, id, None).await?;
        let head = head(&mut *write, id).await?;
        write.commit().await?;
        Ok(head)
    }
}

/// Inserts a prompt with its first version, if any, and its place in the search.
pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    new: &NewPrompt,
    models: &PromptModels,
) -> Result<PromptId, StoreError> {
    let id = sqlx::query_scalar(
        "INSERT INTO prompts (title, author, created_at, updated_at, models)
        VALUES (?1, ?2, ?3, ?3, ?4) RETURNING id",
    );
    let id = id.bind(&new.title).bind(&new.author).bind(new.now).bind(Json(models));
    let id = PromptId(id.fetch_one(&mut *connection).await?);
    tags::replace(connection, id, &new.tags).await?;
    match &new.prompt {
        Some(prompt) => {
            let first = Addition {
                prompt_id: id,
                newest: None,
                parent: None,
                author: &new.author,
                origin: Origin::Typed,
                note: &new.note,
                prompt,
                now: new.now,
            };
            versions::append(connection, first).await?;
        }
        None => search::index(connection, id).await?,
    }
    Ok(id)
}

/// The number of the newest version of a prompt that exists and is not deleted.
pub(crate) async fn newest(
    executor: impl SqliteExecutor<'_>,
    id: PromptId,
) -> Result<Option<VersionNumber>, StoreError> {
    let row =
        sqlx::query("SELECT id, newest_version FROM prompts WHERE id = ?1 AND deleted_at IS NULL");
    let row = row.bind(id.0).fetch_optional(executor).await?.ok_or_else(|| unknown(id))?;
    Columns::new(&row, &PROMPTS).get("newest_version")
}

/// The head of a prompt that exists and is not deleted.
pub(crate) async fn head(
    executor: impl SqliteExecutor<'_>,
    id: PromptId,
) -> Result<PromptHead, StoreError> {
    find_head(executor, id).await?.ok_or_else(|| unknown(id))
}

pub(crate) fn unknown(id: PromptId) -> StoreError {
    StoreError::not_found(format!("prompt {id}"))
}

async fn find_head(
    executor: impl SqliteExecutor<'_>,
    id: PromptId,
) -> Result<Option<PromptHead>, StoreError> {
    let row = sqlx::query(SELECT_HEAD).bind(id.0).fetch_optional(executor).await?;
    row.as_ref().map(read_head).transpose()
}

fn read_head(row: &SqliteRow) -> Result<PromptHead, StoreError> {
    let row = Columns::new(row, &PROMPTS);
    Ok(PromptHead {
        id: PromptId(row.get("id")?),
        title: row.get("title")?,
        tags: row.json("tags")?,
        models: row.json("models")?,
    })
}

/// Notes who changes the prompt and when.
async fn touch(
    connection: &mut SqliteConnection,
    id: PromptId,
    author: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let update = sqlx::query(
        "UPDATE prompts SET author = ?2, updated_at = ?3 WHERE id = ?1 AND deleted_at IS NULL",
    );
    let done = update.bind(id.0).bind(author).bind(now).execute(connection).await?;
    if done.rows_affected() == 0 { Err(unknown(id)) } else { Ok(()) }
}

async fn mark_deleted(
    connection: &mut SqliteConnection,
    id: PromptId,
    deleted_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE prompts SET deleted_at = ?2 WHERE id = ?1");
    let done = update.bind(id.0).bind(deleted_at).execute(&mut *connection).await?;
    if done.rows_affected() == 0 {
        return Err(unknown(id));
    }
    search::index(connection, id).await
}
