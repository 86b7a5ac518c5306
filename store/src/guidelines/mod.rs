//! Guidelines: the list of a prompt, in its order. Every change makes an entry of the ledger.

mod add;
mod change;
pub(crate) mod ledger;
pub(crate) mod positions;
mod row;
mod sets;

use align::record::{Guideline, GuidelineId, PromptId, VersionNumber};

pub(crate) use self::add::{Addition, Source, add, copy};
pub use self::change::GuidelineEdit;
pub use self::ledger::Undone;
use self::row::read;
#[cfg(test)]
pub(crate) use self::sets::{SELECT_ALL as SELECT_SETS, SELECT_USES as SELECT_SET_USES};
use crate::sqlite::{Connection, Executor};
use crate::{Store, StoreError};

pub(crate) const SELECT_LISTED: &str = "
    SELECT guidelines.*, consultations.run_id, consultations.question,
        (SELECT string_agg(CAST(version AS TEXT), '\n' ORDER BY version) FROM guideline_versions
            WHERE guideline_id = guidelines.id AND prompt_id = guidelines.prompt_id) AS followed_by
    FROM guidelines LEFT JOIN consultations ON consultations.id = guidelines.consultation_id
    WHERE guidelines.prompt_id = $1 AND position IS NOT NULL ORDER BY position";

/// The guidelines of a prompt after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuidelineList {
    /// The prompt.
    pub prompt_id: PromptId,
    /// All of them, in their order.
    pub guidelines: Vec<Guideline>,
}

impl Store {
    /// The guidelines of a prompt, in their order.
    pub async fn guidelines(&self, id: PromptId) -> Result<Vec<Guideline>, StoreError> {
        list(self.readers(), id).await
    }
}

/// The guidelines of a prompt, in their order.
pub(crate) async fn list(
    executor: impl Executor<'_>,
    id: PromptId,
) -> Result<Vec<Guideline>, StoreError> {
    let rows = sqlx::query(SELECT_LISTED).bind(id.0).fetch_all(executor).await?;
    rows.iter().map(read).collect()
}

/// Notes that a version follows these guidelines.
pub(crate) async fn follow(
    connection: &mut Connection,
    prompt_id: PromptId,
    version: VersionNumber,
    guidelines: &[GuidelineId],
) -> Result<(), StoreError> {
    for id in guidelines {
        sqlx::query(
            "INSERT INTO guideline_versions (guideline_id, prompt_id, version)
            SELECT id, $2, $3 FROM guidelines WHERE id = $1",
        )
        .bind(id.0)
        .bind(prompt_id.0)
        .bind(i64::from(version))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
