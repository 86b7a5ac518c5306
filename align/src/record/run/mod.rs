//! Runs: what a model answered to a version with values.

mod history;

pub use history::{OpenedRun, RunHistory, RunQuery, RunSummary};
use serde::{Deserialize, Serialize};

use crate::model::{Failure, FinishReason, ModelRef, Settings, Usage};
use crate::prompt::Values;
use crate::record::{PromptId, Timestamp, VersionNumber, Waiting, id};

id! {
    /// Identifies a run.
    RunId
}

/// What a run is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunPurpose {
    /// A person wants to see the output on the workbench.
    #[default]
    Interactive,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// The model is answering.
    Running,
    /// The answer is complete (see its [`FinishReason`]).
    Done,
    /// A person stopped it; the output holds what had arrived.
    Stopped,
    /// It failed; the output holds what had arrived and the failure says why.
    Failed,
    /// The server ended while it ran; the output holds what had been saved.
    Interrupted,
}

/// One run of a version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its identifier.
    pub id: RunId,
    /// The prompt.
    pub prompt_id: PromptId,
    /// The version that ran.
    pub version: VersionNumber,
    /// Who started it.
    pub author: String,
    /// The model that answered.
    pub model: ModelRef,
    /// What it is for.
    #[serde(default)]
    pub purpose: RunPurpose,
    /// The settings of the call.
    pub settings: Settings,
    /// The values of the variables.
    pub values: Values,
    /// How far it is.
    pub state: RunState,
    /// What it waits for while it runs and nothing has arrived; never stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Waiting>,
    /// Whether the system instructions were sent in front of the prompt, because the model takes none.
    #[serde(default)]
    pub instructions_moved: bool,
    /// What has arrived of the model's thoughts, which are never part of the output.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub thoughts: String,
    /// What has arrived of the answer.
    pub output: String,
    /// Why a complete answer ended.
    pub finish: Option<FinishReason>,
    /// Tokens, where the provider counts them.
    pub usage: Option<Usage>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// When it started.
    pub started_at: Timestamp,
    /// Milliseconds from the start to the first token.
    pub first_token_ms: Option<u32>,
    /// Milliseconds from the start to the end.
    pub duration_ms: Option<u32>,
}
