//! Runs that start.

use super::row::purpose_name;
use crate::error::missing;
use crate::json::Json;
use crate::{Noun, Store, StoreError, prompts};
use align::Values;
use align::model::{ModelRef, Settings};
use align::record::{PromptId, Run, RunId, RunPurpose, RunState, Timestamp, VersionNumber};

/// Gives no row for a prompt that does not exist or was deleted.
const INSERT: &str = "
    INSERT INTO runs (prompt_id, version, author, model, state, started_at, settings,
        variable_values, purpose, owner, lease_until)
    SELECT id, $2, $3, $4, 'running', $5, $6, $7, $8, $9, $10 FROM prompts
    WHERE id = $1 AND deleted_at IS NULL
    RETURNING id";

/// A run that starts.
#[derive(Clone, Debug)]
pub struct NewRun {
    /// The prompt.
    pub prompt_id: PromptId,
    /// The version that runs.
    pub version: VersionNumber,
    /// Who starts it.
    pub author: String,
    /// The model that is asked.
    pub model: ModelRef,
    /// The settings of the call.
    pub settings: Settings,
    /// The values of the variables.
    pub values: Values,
    /// What it is for.
    pub purpose: RunPurpose,
    /// The time.
    pub now: Timestamp,
}

impl Store {
    /// Keeps a run that starts.
    pub async fn insert_run(&self, new: NewRun) -> Result<Run, StoreError> {
        let lease = self.lease(new.now);
        let mut write = self.write_one().await?;
        let id: Option<i64> = sqlx::query_scalar(INSERT)
            .bind(new.prompt_id.0)
            .bind(i64::from(new.version))
            .bind(&new.author)
            .bind(new.model.to_string())
            .bind(new.now)
            .bind(Json(&new.settings))
            .bind(Json(&new.values))
            .bind(purpose_name(new.purpose))
            .bind(lease.owner)
            .bind(lease.until)
            .fetch_optional(&mut *write)
            .await
            .map_err(|error| missing(error, Noun::Version(new.prompt_id, new.version)))?;
        let id = id.ok_or_else(|| prompts::not_found(new.prompt_id))?;
        write.commit().await?;
        Ok(started(RunId(id), new))
    }
}

fn started(id: RunId, new: NewRun) -> Run {
    Run {
        id,
        prompt_id: new.prompt_id,
        version: new.version,
        author: new.author,
        model: new.model,
        purpose: new.purpose,
        settings: new.settings,
        values: new.values,
        state: RunState::Running,
        waiting: None,
        output: String::new(),
        finish: None,
        usage: None,
        failure: None,
        started_at: new.now,
        first_token_ms: None,
        duration_ms: None,
    }
}
