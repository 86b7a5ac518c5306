//! Prompts: made, listed, changed, duplicated, deleted.

mod change;
mod create;
mod delete;
mod duplicate;
mod excerpt;
mod head;
mod list;
mod tags;

use align::record::{PromptId, VersionNumber};

pub use self::create::NewPrompt;
pub(crate) use self::excerpt::excerpt;
#[cfg(test)]
pub(crate) use self::head::SELECT_HEAD;
use self::head::head;
pub(crate) use self::head::models;
#[cfg(test)]
pub(crate) use self::list::{COUNT, SELECT_PAGE, SELECT_TAGS};
pub(crate) use self::tags::folded;
use crate::columns::{Columns, Table};
use crate::sqlite::Executor;
use crate::{Noun, StoreError};

pub(crate) static PROMPTS: Table = Table { name: "prompts", key: &["id"] };

/// The number of the newest version of a prompt that exists and is not deleted.
pub(crate) async fn newest(
    executor: impl Executor<'_>,
    id: PromptId,
) -> Result<Option<VersionNumber>, StoreError> {
    let row =
        sqlx::query("SELECT id, newest_version FROM prompts WHERE id = $1 AND deleted_at IS NULL");
    let row = row.bind(id.0).fetch_optional(executor).await?.ok_or_else(|| not_found(id))?;
    Columns::new(&row, &PROMPTS).optional_number("newest_version")
}

pub(crate) fn not_found(id: PromptId) -> StoreError {
    StoreError::NotFound { noun: Noun::Prompt(id) }
}
