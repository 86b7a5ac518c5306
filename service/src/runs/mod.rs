//! Runs: start, stop, look at, find again.

mod history;
mod job;

use align::record::{PromptId, PromptModels, Run, RunId, RunPurpose, Version, VersionNumber};
use align::{Prompt, Values};
use store::NewRun;

use job::RunJob;

use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::versions::SaveVersion;
use crate::{UseCases, limits};

/// A run to start.
#[derive(Clone, Debug, PartialEq)]
pub struct StartRun {
    /// The prompt.
    pub prompt_id: PromptId,
    /// The typed text; saved as a version first where it differs from the newest.
    pub prompt: Prompt,
    /// The version the typing started from.
    pub base: Option<VersionNumber>,
    /// The values of the variables; others are left out.
    pub values: Values,
    /// The model and the settings. Remembered for the prompt by `set_models`, not here.
    pub models: PromptModels,
}

/// A run that started.
#[derive(Clone, Debug, PartialEq)]
pub struct StartedRun {
    /// The run.
    pub run: Run,
    /// The version it runs.
    pub version: Version,
}

impl UseCases {
    /// Starts a run. Everything that can be wrong with the input is said before anything is saved.
    pub async fn start_run(&self, start: StartRun) -> Result<StartedRun, ServiceError> {
        let studio = self.allow(UseCase::StartRun)?;
        let StartRun { prompt_id, prompt, base, values, models } = start;
        limits::not_blank(&prompt)?;
        limits::values(&values)?;
        limits::models(&models)?;
        let values = in_use(&prompt, values);
        let rendered = prompt.render(&values).map_err(|missing| {
            ServiceError::invalid(
                format!("There is {missing}."),
                "Fill in its box under Variables, or mark the name as plain text.",
            )
        })?;
        let save = SaveVersion { prompt_id, prompt, base, note: "Saved by Run".to_owned() };
        let version = studio.save_typed(self.caller(), save).await?.version;
        let model = studio.model_or_preferred(models.model).await;
        let new = NewRun {
            prompt_id,
            version: version.summary.number,
            author: self.caller().name().to_owned(),
            model,
            purpose: RunPurpose::Interactive,
            settings: models.settings,
            values,
            now: now(),
        };
        let run = studio.begin_one::<RunJob>((new, rendered)).await?;
        Ok(StartedRun { run, version })
    }

    /// Stops a run; what has arrived is kept. One that has ended is no failure.
    pub async fn stop_run(&self, id: RunId) -> Result<(), ServiceError> {
        self.allow(UseCase::StopRun)?.stop::<Run>(id).await
    }

    /// One run with its output.
    pub async fn run(&self, id: RunId) -> Result<Run, ServiceError> {
        self.allow(UseCase::Run)?.find(id).await
    }
}

/// The values of the variables that the prompt has.
fn in_use(prompt: &Prompt, mut values: Values) -> Values {
    let names = prompt.variables();
    values.retain(|name, _| names.contains(name));
    values
}
