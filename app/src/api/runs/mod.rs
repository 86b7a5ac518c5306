//! Running a prompt, and the history of its runs.

use align::prompt::{Prompt, Values};
use align::record::{
    OpenedRun, PromptId, PromptModels, Run, RunHistory, RunId, RunQuery, Version, VersionNumber,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// A run that started, and the version it runs (new if something was typed since the last one).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Started {
    /// The run.
    pub run: Run,
    /// The version it runs.
    pub version: Version,
}

/// Starts a run of what is typed; its output comes as events.
#[server(endpoint = "runs/start", protocol = Post)]
pub async fn start_run(
    prompt_id: PromptId,
    prompt: Prompt,
    base: Option<VersionNumber>,
    values: Values,
    models: PromptModels,
) -> Result<Started, AppError> {
    let start = service::StartRun { prompt_id, prompt, base, values, models };
    let started = answer(studio()?.start_run(start).await)?;
    Ok(Started { run: started.run, version: started.version })
}

/// Stops a run; what has arrived is kept.
#[server(endpoint = "runs/stop", protocol = Post)]
pub async fn stop_run(id: RunId) -> Result<(), AppError> {
    answer(studio()?.stop_run(id).await)
}

/// Runs of a prompt that match, newest first.
#[server(endpoint = "runs/list", protocol = Post)]
pub async fn list_runs(id: PromptId, query: RunQuery) -> Result<RunHistory, AppError> {
    answer(studio()?.run_history(id, &query).await)
}

/// One run with its output, its feedback and the run to compare it with.
#[server(endpoint = "runs/open", protocol = Post)]
pub async fn open_run(id: RunId) -> Result<OpenedRun, AppError> {
    answer(studio()?.open_run(id).await)
}
