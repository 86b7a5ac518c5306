//! Making a prompt.

use super::{head, tags};
use crate::json::Json;
use crate::sqlite::{Connection, search};
use crate::versions::{self, Addition};
use crate::{Store, StoreError};
use align::Prompt;
use align::record::{Origin, PromptHead, PromptId, PromptModels, Timestamp};

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
}

/// Inserts a prompt with its first version, if any, and its place in the search.
pub(super) async fn insert(
    connection: &mut Connection,
    new: &NewPrompt,
    models: &PromptModels,
) -> Result<PromptId, StoreError> {
    let id = sqlx::query_scalar(
        "INSERT INTO prompts (title, author, created_at, updated_at, models)
        VALUES ($1, $2, $3, $3, $4) RETURNING id",
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
