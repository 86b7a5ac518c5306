//! The history of a prompt's runs, and an earlier run with what belongs to it.

use align::record::{OpenedRun, PromptId, Run, RunHistory, RunId, RunQuery};

use crate::access::UseCase;
use crate::error::ServiceError;
use crate::{UseCases, limits};

impl UseCases {
    /// One page of the runs of a prompt that match, newest first.
    pub async fn run_history(
        &self,
        id: PromptId,
        query: &RunQuery,
    ) -> Result<RunHistory, ServiceError> {
        let studio = self.allow(UseCase::RunHistory)?;
        limits::search_words(&query.search)?;
        Ok(studio.shared.store.run_history(id, query).await?)
    }

    /// One run as the workbench shows it: with its open feedback, and the run to compare it with.
    pub async fn open_run(&self, id: RunId) -> Result<OpenedRun, ServiceError> {
        let studio = self.allow(UseCase::OpenRun)?;
        let run = studio.find::<Run>(id).await?;
        let store = &studio.shared.store;
        let before = store.run_before(run.prompt_id, id, run.version).await?;
        let feedback = store.open_feedback(id).await?;
        Ok(OpenedRun { run, before, feedback })
    }
}
