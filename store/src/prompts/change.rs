//! Renaming, tagging, and remembering models.

use super::{head, not_found, tags};
use crate::json::Json;
use crate::sqlite::{Connection, search};
use crate::{Store, StoreError};
use align::record::{PromptHead, PromptId, PromptModels, Timestamp};

impl Store {
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
        sqlx::query("UPDATE prompts SET title = $2 WHERE id = $1")
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
        sqlx::query("UPDATE prompts SET models = $2 WHERE id = $1 AND deleted_at IS NULL")
            .bind(id.0)
            .bind(Json(models))
            .execute(&mut *write)
            .await?;
        let head = head(&mut *write, id).await?;
        write.commit().await?;
        Ok(head)
    }
}

/// Notes who changes the prompt and when.
async fn touch(
    connection: &mut Connection,
    id: PromptId,
    author: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let update = sqlx::query(
        "UPDATE prompts SET author = $2, updated_at = $3 WHERE id = $1 AND deleted_at IS NULL",
    );
    let done = update.bind(id.0).bind(author).bind(now).execute(connection).await?;
    if done.rows_affected() == 0 { Err(not_found(id)) } else { Ok(()) }
}
