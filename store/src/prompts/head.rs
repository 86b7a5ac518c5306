//! Title, tags, models and settings of a prompt.

use align::record::{PromptHead, PromptId, PromptModels};

use super::tags::read_tags;
use super::{PROMPTS, not_found};
use crate::columns::Columns;
use crate::sqlite::{Connection, Executor, Row};
use crate::{Store, StoreError};

pub(crate) const SELECT_HEAD: &str = "
    SELECT id, title, models,
        (SELECT string_agg(name, '\n' ORDER BY folded COLLATE \"binary\") FROM prompt_tags
            JOIN tags ON tags.id = tag_id WHERE prompt_id = prompts.id) AS tags
    FROM prompts WHERE id = $1 AND deleted_at IS NULL";

impl Store {
    /// Reads title, tags, models and settings; `None` if it does not exist or was deleted.
    pub async fn prompt(&self, id: PromptId) -> Result<Option<PromptHead>, StoreError> {
        find_head(self.readers(), id).await
    }
}

/// The head of a prompt that exists and is not deleted.
pub(super) async fn head(
    executor: impl Executor<'_>,
    id: PromptId,
) -> Result<PromptHead, StoreError> {
    find_head(executor, id).await?.ok_or_else(|| not_found(id))
}

async fn find_head(
    executor: impl Executor<'_>,
    id: PromptId,
) -> Result<Option<PromptHead>, StoreError> {
    let row = sqlx::query(SELECT_HEAD).bind(id.0).fetch_optional(executor).await?;
    row.as_ref().map(read_head).transpose()
}

/// The models and settings that are remembered for a prompt.
pub(crate) async fn models(
    connection: &mut Connection,
    id: PromptId,
) -> Result<PromptModels, StoreError> {
    let row = sqlx::query("SELECT id, models FROM prompts WHERE id = $1").bind(id.0);
    let row = row.fetch_optional(connection).await?.ok_or_else(|| not_found(id))?;
    Columns::new(&row, &PROMPTS).json("models")
}

fn read_head(row: &Row) -> Result<PromptHead, StoreError> {
    let row = Columns::new(row, &PROMPTS);
    Ok(PromptHead {
        id: PromptId(row.get("id")?),
        title: row.get("title")?,
        tags: read_tags(&row)?,
        models: row.json("models")?,
    })
}
