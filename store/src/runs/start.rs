//! Runs that start.

use super::row::purpose_name;
use crate::error::missing;
use crate::json::Json;
use crate::sqlite::Write;
use crate::{Noun, Store, StoreError, leases, prompts};
use align::Values;
use align::model::{ModelRef, Settings};
use align::record::{PromptId, Run, RunId, RunPurpose, RunState, Timestamp, VersionNumber};
use sqlx::QueryBuilder;

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
        let id = self.starting_runs().keep(self, new.clone()).await?;
        Ok(started(id, new))
    }
}

/// Keeps runs in a turn to write; the identifier of each, in their order. An error if the prompt or the
/// version of one of them does not exist.
pub(super) async fn insert(
    write: &mut Write,
    runs: &[NewRun],
    owner: &str,
) -> Result<Vec<RunId>, StoreError> {
    find_prompts(write, runs).await?;
    let mut insert = QueryBuilder::new(
        "INSERT INTO runs (prompt_id, version, author, model, state, started_at, settings,
            variable_values, purpose, owner, lease_until) ",
    );
    insert.push_values(runs, |mut row, new| {
        row.push_bind(new.prompt_id.0)
            .push_bind(i64::from(new.version))
            .push_bind(&new.author)
            .push_bind(new.model.to_string())
            .push_bind("running")
            .push_bind(new.now)
            .push_bind(Json(&new.settings))
            .push_bind(Json(&new.values))
            .push_bind(purpose_name(new.purpose))
            .push_bind(owner)
            .push_bind(leases::until(new.now));
    });
    insert.push(" RETURNING id");
    let ids = insert.build_query_scalar().fetch_all(&mut **write).await;
    let mut ids = ids.map_err(|error| {
        // Only a run alone can tell whose version it is.
        match runs {
            [run] => missing(error, Noun::Version(run.prompt_id, run.version)),
            _ => error.into(),
        }
    })?;
    // Rows are written in the order of their values, and numbers grow; how they are returned is open.
    ids.sort_unstable();
    Ok(ids.into_iter().map(RunId).collect())
}

/// An error if the prompt of a run does not exist or was deleted.
async fn find_prompts(write: &mut Write, runs: &[NewRun]) -> Result<(), StoreError> {
    let mut living =
        QueryBuilder::new("SELECT id FROM prompts WHERE deleted_at IS NULL AND id IN ");
    living.push_tuples(runs, |mut row, run| {
        row.push_bind(run.prompt_id.0);
    });
    let living: Vec<i64> = living.build_query_scalar().fetch_all(&mut **write).await?;
    match runs.iter().find(|run| !living.contains(&run.prompt_id.0)) {
        Some(run) => Err(prompts::not_found(run.prompt_id)),
        None => Ok(()),
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
        instructions_moved: false,
        thoughts: String::new(),
        output: String::new(),
        finish: None,
        usage: None,
        failure: None,
        started_at: new.now,
        first_token_ms: None,
        duration_ms: None,
    }
}
