//! Runs: saved while they stream, and how they ended.

use super::SELECT;
use super::row::{finish_name, state_name};
use crate::json::Json;
use crate::sqlite::search;
use crate::{Noun, Store, StoreError};
use align::record::{Run, RunId};

impl Store {
    /// Keeps what has arrived of a running answer; does nothing to a run that has ended.
    pub async fn save_run_progress(
        &self,
        id: RunId,
        output: &str,
        thoughts: &str,
        first_token_ms: Option<u32>,
    ) -> Result<(), StoreError> {
        let mut write = self.write_one().await?;
        sqlx::query(
            "UPDATE runs SET output = $2, thoughts = $3, first_token_ms = $4
            WHERE id = $1 AND state = 'running'",
        )
        .bind(id.0)
        .bind(output)
        .bind(thoughts)
        .bind(first_token_ms.map(i64::from))
        .execute(&mut *write)
        .await?;
        write.commit().await
    }

    /// Keeps how a run ended: state, output, thoughts, finish reason, usage, failure and times. From then on it is
    /// found by its words.
    ///
    /// [`StoreError::NotEditable`] if it had ended before.
    pub async fn finish_run(&self, run: &Run) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let done = sqlx::query(
            "UPDATE runs SET state = $2, output = $3, finish = $4, usage = $5, failure = $6,
                first_token_ms = $7, duration_ms = $8, thoughts = $9, instructions_moved = $10,
                lease_until = NULL, indexed = 1
            WHERE id = $1 AND state = 'running'",
        )
        .bind(run.id.0)
        .bind(state_name(run.state))
        .bind(&run.output)
        .bind(run.finish.map(finish_name))
        .bind(run.usage.map(Json))
        .bind(run.failure.as_ref().map(Json))
        .bind(run.first_token_ms.map(i64::from))
        .bind(run.duration_ms.map(i64::from))
        .bind(&run.thoughts)
        .bind(run.instructions_moved)
        .execute(&mut *write)
        .await?;
        if done.rows_affected() == 0 {
            let known = sqlx::query(SELECT).bind(run.id.0).fetch_optional(&mut *write).await?;
            let noun = Noun::Run(run.id);
            return Err(match known {
                Some(_) => StoreError::NotEditable { noun },
                None => StoreError::NotFound { noun },
            });
        }
        search::index_run(&mut write, run.id, &run.output, &run.values).await?;
        write.commit().await
    }
}
