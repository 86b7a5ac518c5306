//! Runs: start, stop, look at.

mod running;

use align::record::{
    Event, PromptId, PromptModels, Run, RunId, RunPurpose, RunState, Version, VersionNumber,
};
use align::{Prompt, Values};
use store::NewRun;

use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::jobs::{Ended, Work};
use crate::studio::detached;
use crate::versions::SaveVersion;
use crate::{Studio, UseCases, limits};

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
        let studio = studio.clone();
        let run = detached(async move {
            let run = studio.shared.store.insert_run(new).await?;
            let stops = studio.shared.tasks.register(Work::Run(run.id));
            studio.shared.hub.publish(prompt_id, Event::Run(Box::new(run.clone())));
            let task = running::answer(studio.clone(), run.clone(), rendered, stops);
            studio.shared.tasks.spawn(task);
            Ok(run)
        });
        Ok(StartedRun { run: run.await?, version })
    }

    /// Stops a run; what has arrived is kept. One that has ended is no failure.
    pub async fn stop_run(&self, id: RunId) -> Result<(), ServiceError> {
        let studio = self.allow(UseCase::StopRun)?;
        if !studio.shared.tasks.stop(Work::Run(id)) {
            studio.run(id).await?;
        }
        Ok(())
    }

    /// One run with its output.
    pub async fn run(&self, id: RunId) -> Result<Run, ServiceError> {
        self.allow(UseCase::Run)?.run(id).await
    }
}

impl Studio {
    pub(crate) async fn run(&self, id: RunId) -> Result<Run, ServiceError> {
        let run = self.shared.store.run(id).await?.ok_or_else(|| ServiceError::missing("run"))?;
        Ok(self.with_arrived(run))
    }

    /// The run with what has arrived since its row was written.
    pub(crate) fn with_arrived(&self, run: Run) -> Run {
        if run.state != RunState::Running {
            return run;
        }
        let Some(arrived) = self.shared.tasks.arrived(Work::Run(run.id)) else { return run };
        if let Some(Ended::Run(ended)) = arrived.ended.as_deref() {
            return ended.clone();
        }
        let waiting = arrived.waiting_now();
        Run { output: arrived.text, first_token_ms: arrived.first_token_ms, waiting, ..run }
    }
}

/// The values of the variables that the prompt has.
fn in_use(prompt: &Prompt, mut values: Values) -> Values {
    let names = prompt.variables();
    values.retain(|name, _| names.contains(name));
    values
}
