//! Runs: started, saved while they stream, finished.

use align::Values;
use align::model::{FinishReason, ModelRef, Settings};
use align::record::{PromptId, Run, RunId, RunState, Timestamp, VersionNumber};
use sqlx::sqlite::SqliteRow;
use sqlx::types::Json;

use crate::columns::{Columns, Table};
use crate::error::missing;
use crate::{Store, StoreError, prompts, versions};

static RUNS: Table = Table { name: "runs", key: &["id"] };

const SELECT: &str = "SELECT * FROM runs WHERE id = ?1";

pub(crate) const SELECT_NEWEST: &str =
    "SELECT * FROM runs WHERE prompt_id = ?1 ORDER BY id DESC LIMIT 1";

pub(crate) const SELECT_BEFORE: &str = "
    SELECT * FROM runs WHERE prompt_id = ?1 AND id < ?2 AND version < ?3 AND output <> ''
    ORDER BY id DESC LIMIT 1";

pub(crate) const SELECT_OF_VERSION: &str = "
    SELECT * FROM runs WHERE prompt_id = ?1 AND version = ?2 ORDER BY id DESC LIMIT ?3";

/// Gives no row for a prompt that does not exist or was deleted.
const INSERT: &str = "
    INSERT INTO runs (prompt_id, version, author, model, state, started_at, settings,
        variable_values)
    SELECT id, ?2, ?3, ?4, 'running', ?5, ?6, ?7 FROM prompts
    WHERE id = ?1 AND deleted_at IS NULL
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
    /// The time.
    pub now: Timestamp,
}

impl Store {
    /// Keeps a run that starts.
    pub async fn insert_run(&self, new: NewRun) -> Result<Run, StoreError> {
        let mut write = self.write_one().await?;
        let id: Option<i64> = sqlx::query_scalar(INSERT)
            .bind(new.prompt_id.0)
            .bind(new.version)
            .bind(&new.author)
            .bind(new.model.to_string())
            .bind(new.now)
            .bind(Json(&new.settings))
            .bind(Json(&new.values))
            .fetch_optional(&mut *write)
            .await
            .map_err(|error| missing(error, || versions::named(new.prompt_id, new.version)))?;
        let id = id.ok_or_else(|| prompts::unknown(new.prompt_id))?;
        write.commit().await?;
        Ok(started(RunId(id), new))
    }

    /// Keeps what has arrived of a running answer; does nothing to a run that has ended.
    pub async fn save_run_progress(
        &self,
        id: RunId,
        output: &str,
        first_token_ms: Option<u32>,
    ) -> Result<(), StoreError> {
        let mut write = self.write_one().await?;
        sqlx::query(
            "UPDATE runs SET output = ?2, first_token_ms = ?3 WHERE id = ?1 AND state = 'running'",
        )
        .bind(id.0)
        .bind(output)
        .bind(first_token_ms)
        .execute(&mut *write)
        .await?;
        write.commit().await
    }

    /// Keeps how a run ended: state, output, finish reason, usage, failure and times.
    /// [`StoreError::NotEditable`] if it had ended before.
    pub async fn finish_run(&self, run: &Run) -> Result<(), StoreError> {
        let mut write = self.write_one().await?;
        let done = sqlx::query(
            "UPDATE runs SET state = ?2, output = ?3, finish = ?4, usage = ?5, failure = ?6,
                first_token_ms = ?7, duration_ms = ?8
            WHERE id = ?1 AND state = 'running'",
        )
        .bind(run.id.0)
        .bind(state_name(run.state))
        .bind(&run.output)
        .bind(run.finish.map(finish_name))
        .bind(run.usage.map(Json))
        .bind(run.failure.as_ref().map(Json))
        .bind(run.first_token_ms)
        .bind(run.duration_ms)
        .execute(&mut *write)
        .await?;
        if done.rows_affected() == 0 {
            let known = sqlx::query(SELECT).bind(run.id.0).fetch_optional(&mut *write).await?;
            return Err(known.map_or_else(
                || unknown(run.id),
                |_| StoreError::not_editable(format!("run {}", run.id)),
            ));
        }
        write.commit().await
    }

    /// Reads one run.
    pub async fn run(&self, id: RunId) -> Result<Option<Run>, StoreError> {
        let row = sqlx::query(SELECT).bind(id.0).fetch_optional(self.readers()).await?;
        row.as_ref().map(read).transpose()
    }

    /// The run of the prompt that started last.
    pub async fn newest_run(&self, id: PromptId) -> Result<Option<Run>, StoreError> {
        let row = sqlx::query(SELECT_NEWEST).bind(id.0).fetch_optional(self.readers()).await?;
        row.as_ref().map(read).transpose()
    }

    /// The run to compare `run` with: the newest one with output that started before it on a
    /// version older than `version`.
    pub async fn run_before(
        &self,
        id: PromptId,
        run: RunId,
        version: VersionNumber,
    ) -> Result<Option<Run>, StoreError> {
        let row = sqlx::query(SELECT_BEFORE).bind(id.0).bind(run.0).bind(version);
        row.fetch_optional(self.readers()).await?.as_ref().map(read).transpose()
    }

    /// The newest runs of one version, newest first.
    pub async fn runs_of_version(
        &self,
        id: PromptId,
        version: VersionNumber,
        limit: u32,
    ) -> Result<Vec<Run>, StoreError> {
        let rows = sqlx::query(SELECT_OF_VERSION).bind(id.0).bind(version).bind(limit);
        rows.fetch_all(self.readers()).await?.iter().map(read).collect()
    }
}

pub(crate) fn unknown(id: RunId) -> StoreError {
    StoreError::not_found(format!("run {id}"))
}

fn started(id: RunId, new: NewRun) -> Run {
    Run {
        id,
        prompt_id: new.prompt_id,
        version: new.version,
        author: new.author,
        model: new.model,
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

fn read(row: &SqliteRow) -> Result<Run, StoreError> {
    let row = Columns::new(row, &RUNS);
    Ok(Run {
        id: RunId(row.get("id")?),
        prompt_id: PromptId(row.get("prompt_id")?),
        version: row.get("version")?,
        author: row.get("author")?,
        model: row.parsed("model")?,
        settings: row.json("settings")?,
        values: row.json("variable_values")?,
        state: read_state(&row)?,
        waiting: None,
        output: row.get("output")?,
        finish: read_finish(&row)?,
        usage: row.optional_json("usage")?,
        failure: row.optional_json("failure")?,
        started_at: row.get("started_at")?,
        first_token_ms: row.get("first_token_ms")?,
        duration_ms: row.get("duration_ms")?,
    })
}

fn state_name(state: RunState) -> &'static str {
    match state {
        RunState::Running => "running",
        RunState::Done => "done",
        RunState::Stopped => "stopped",
        RunState::Failed => "failed",
        RunState::Interrupted => "interrupted",
    }
}

fn read_state(row: &Columns<'_>) -> Result<RunState, StoreError> {
    match row.get("state")? {
        "running" => Ok(RunState::Running),
        "done" => Ok(RunState::Done),
        "stopped" => Ok(RunState::Stopped),
        "failed" => Ok(RunState::Failed),
        "interrupted" => Ok(RunState::Interrupted),
        _ => Err(row.corrupt("state", "not a state")),
    }
}

fn finish_name(finish: FinishReason) -> &'static str {
    match finish {
        FinishReason::Stop => "stop",
        FinishReason::Length => "length",
    }
}

fn read_finish(row: &Columns<'_>) -> Result<Option<FinishReason>, StoreError> {
    match row.get("finish")? {
        None => Ok(None),
        Some("stop") => Ok(Some(FinishReason::Stop)),
        Some("length") => Ok(Some(FinishReason::Length)),
        Some(_) => Err(row.corrupt("finish", "not a finish reason")),
    }
}
