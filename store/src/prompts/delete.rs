//! Deleting a prompt, and undoing that.

use align::record::{PromptHead, PromptId, Timestamp};

use super::{head, newest, not_found};
use crate::sqlite::{Connection, search};
use crate::{Store, StoreError};

impl Store {
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

async fn mark_deleted(
    connection: &mut Connection,
    id: PromptId,
    deleted_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE prompts SET deleted_at = $2 WHERE id = $1");
    let done = update.bind(id.0).bind(deleted_at).execute(&mut *connection).await?;
    if done.rows_affected() == 0 {
        return Err(not_found(id));
    }
    search::index(connection, id).await
}
