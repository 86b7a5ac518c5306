//! Runs: from start to end, the history of a prompt, and the ones to compare with.

mod finish;
mod list;
mod row;
mod start;
mod starting;

use align::record::{PromptId, Run, RunId, VersionNumber};

#[cfg(test)]
pub(crate) use self::list::SELECT_PAGE;
pub(crate) use self::row::RUNS;
use self::row::read;
pub use self::start::NewRun;
pub(crate) use self::starting::StartingRuns;
use crate::{Store, StoreError};

const SELECT: &str = "SELECT * FROM runs WHERE id = $1";

pub(crate) const SELECT_NEWEST: &str = "
    SELECT * FROM runs WHERE prompt_id = $1 AND purpose = 'interactive' ORDER BY id DESC LIMIT 1";

/// Looks through the last 100 runs for one of the same input: `$2` the run, `$3` its version.
pub(crate) const SELECT_BEFORE: &str = "
    SELECT runs.* FROM runs JOIN (
        SELECT earlier.id FROM (
            SELECT id, model, variable_values FROM runs
            WHERE prompt_id = $1 AND purpose = 'interactive' AND id < $2
                AND version < $3 AND output <> ''
            ORDER BY id DESC LIMIT 100
        ) AS earlier
        JOIN runs AS this ON this.id = $2
        ORDER BY earlier.variable_values = this.variable_values DESC,
            earlier.model = this.model DESC, earlier.id DESC
        LIMIT 1
    ) AS found ON found.id = runs.id";

impl Store {
    /// Reads one run.
    pub async fn run(&self, id: RunId) -> Result<Option<Run>, StoreError> {
        let row = sqlx::query(SELECT).bind(id.0).fetch_optional(self.readers()).await?;
        row.as_ref().map(read).transpose()
    }

    /// The interactive run of the prompt that started last.
    pub async fn newest_run(&self, id: PromptId) -> Result<Option<Run>, StoreError> {
        let row = sqlx::query(SELECT_NEWEST).bind(id.0).fetch_optional(self.readers()).await?;
        row.as_ref().map(read).transpose()
    }

    /// The run to compare `run` with: an interactive one with output that started before it on a version
    /// older than `version`. One of the same input comes first, then one of the same model, then the
    /// newest.
    pub async fn run_before(
        &self,
        id: PromptId,
        run: RunId,
        version: VersionNumber,
    ) -> Result<Option<Run>, StoreError> {
        let row = sqlx::query(SELECT_BEFORE).bind(id.0).bind(run.0).bind(i64::from(version));
        row.fetch_optional(self.readers()).await?.as_ref().map(read).transpose()
    }
}
