//! Versions: immutable, numbered from 1 without gaps.

mod append;
mod replaced;
mod restore;
mod row;
mod save;

use align::record::{PromptId, Version, VersionNumber, VersionSummary};

pub(crate) use self::append::{Addition, append};
pub(crate) use self::replaced::{Replaced, is_a_version, keep};
pub use self::restore::{RestoreVersion, RestoredVersion};
use self::row::{VERSIONS, read, read_summary};
pub use self::save::{NewVersion, SavedVersion};
use crate::columns::Columns;
use crate::sqlite::Executor;
use crate::{Store, StoreError};

pub(crate) const SELECT_VERSION: &str =
    "SELECT * FROM versions WHERE prompt_id = $1 AND number = $2";

pub(crate) const SELECT_SAME: &str = "
    SELECT 1 FROM versions
    WHERE prompt_id = $1 AND text = $2 AND system_instructions = $3 AND plain_names = $4 LIMIT 1";

pub(crate) const SELECT_NEWEST: &str = "
    SELECT versions.* FROM prompts
    JOIN versions ON versions.prompt_id = prompts.id AND number = newest_version
    WHERE prompts.id = $1";

pub(crate) const SELECT_LIVING_NEWEST: &str = "
    SELECT versions.* FROM prompts
    JOIN versions ON versions.prompt_id = prompts.id AND number = newest_version
    WHERE prompts.id = $1 AND deleted_at IS NULL";

/// Leaves the texts out: a page of the history does not load them.
pub(crate) const SELECT_SUMMARIES: &str = "
    SELECT prompt_id, number, parent, author, origin, draft_id, restored_from, created_at, note,
        model_choice
    FROM versions WHERE prompt_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3";

impl Store {
    /// Lists versions older than `before` (all for `None`), newest first, without their texts.
    pub async fn versions(
        &self,
        id: PromptId,
        before: Option<VersionNumber>,
        limit: u32,
    ) -> Result<Vec<VersionSummary>, StoreError> {
        let before = before.map_or(i64::MAX, i64::from);
        let rows = sqlx::query(SELECT_SUMMARIES).bind(id.0).bind(before).bind(i64::from(limit));
        let rows = rows.fetch_all(self.readers()).await?;
        rows.iter().map(|row| read_summary(&Columns::new(row, &VERSIONS))).collect()
    }

    /// Reads one version.
    pub async fn version(
        &self,
        id: PromptId,
        number: VersionNumber,
    ) -> Result<Option<Version>, StoreError> {
        find(self.readers(), id, number).await
    }

    /// Reads the newest version, in the same time however long the history is.
    pub async fn newest_version(&self, id: PromptId) -> Result<Option<Version>, StoreError> {
        find_newest(self.readers(), id).await
    }

    /// The same, `None` also for a prompt that was deleted.
    pub async fn living_newest_version(&self, id: PromptId) -> Result<Option<Version>, StoreError> {
        find_living_newest(self.readers(), id).await
    }
}

async fn find(
    executor: impl Executor<'_>,
    id: PromptId,
    number: VersionNumber,
) -> Result<Option<Version>, StoreError> {
    let row = sqlx::query(SELECT_VERSION).bind(id.0).bind(i64::from(number));
    row.fetch_optional(executor).await?.as_ref().map(read).transpose()
}

/// The newest version, if there is one.
pub(crate) async fn find_newest(
    executor: impl Executor<'_>,
    id: PromptId,
) -> Result<Option<Version>, StoreError> {
    let row = sqlx::query(SELECT_NEWEST).bind(id.0).fetch_optional(executor).await?;
    row.as_ref().map(read).transpose()
}

async fn find_living_newest(
    executor: impl Executor<'_>,
    id: PromptId,
) -> Result<Option<Version>, StoreError> {
    let row = sqlx::query(SELECT_LIVING_NEWEST).bind(id.0).fetch_optional(executor).await?;
    row.as_ref().map(read).transpose()
}
