//! The job of a run: one call of the model with the rendered prompt.

use align::Rendered;
use align::model::{Failure, FinishReason};
use align::record::{Event, PromptId, Run, RunId, RunPurpose, RunState, Waiting};
use models::Priority;
use store::{NewRun, Store, StoreError};

use crate::jobs::{Arrived, Asking, Delta, Ended, Job, JobId, Record, Unanswered};

/// A run whose model is asked.
pub(super) struct RunJob {
    run: Run,
    rendered: Rendered,
}

impl Job for RunJob {
    type Record = Run;
    /// A run to record, and what is sent for it.
    type Plan = (NewRun, Rendered);
    type Answer = FinishReason;

    async fn record_plan(
        (new, rendered): Self::Plan,
        store: &Store,
    ) -> Result<Vec<Self>, StoreError> {
        Ok(vec![Self { run: store.insert_run(new).await?, rendered }])
    }

    fn record(&self) -> &Run {
        &self.run
    }

    fn priority(&self) -> Priority {
        match self.run.purpose {
            RunPurpose::Interactive => Priority::Interactive,
        }
    }

    async fn ask(&self, asking: &Asking<'_, Self>) -> Result<FinishReason, Unanswered> {
        let conversation = self.rendered.clone().into_conversation();
        Ok(asking.call(&self.run.model, conversation, self.run.settings.clone()).await?.finish)
    }

    fn arrives(&self, delta: Delta) -> Option<Event> {
        let Delta { offset, text, first_token_ms, .. } = delta;
        Some(Event::RunDelta { run_id: self.run.id, offset, text, first_token_ms })
    }

    fn thinks(&self, offset: u64, text: String) -> Option<Event> {
        Some(Event::RunThought { run_id: self.run.id, offset, text })
    }

    fn waits(&self, waiting: Option<Waiting>) -> Event {
        Event::RunWaiting { run_id: self.run.id, waiting }
    }

    async fn keep(&self, store: &Store, arrived: Arrived) -> Result<(), StoreError> {
        let Arrived { text, thoughts, first_token_ms, .. } = arrived;
        store.save_run_progress(self.run.id, &text, &thoughts, first_token_ms).await
    }

    async fn finish(
        &self,
        store: &Store,
        ended: &Ended<FinishReason>,
    ) -> Result<Vec<Event>, StoreError> {
        let run = self.ended(ended);
        store.finish_run(&run).await?;
        Ok(vec![run.event()])
    }

    fn unsaved(&self, ended: &Ended<FinishReason>, because: Failure) -> Run {
        let run = self.ended(ended);
        Run { failure: run.failure.or(Some(because)), ..run }
    }
}

impl RunJob {
    fn ended(&self, ended: &Ended<FinishReason>) -> Run {
        let (state, finish, failure) = match &ended.answer {
            Ok(finish) => (RunState::Done, Some(*finish), None),
            Err(Unanswered::Stopped) => (RunState::Stopped, None, None),
            Err(Unanswered::Interrupted) => (RunState::Interrupted, None, None),
            Err(Unanswered::Failed(failure)) => (RunState::Failed, None, Some(failure.clone())),
        };
        Run {
            state,
            finish,
            failure,
            instructions_moved: ended.arrived.instructions_moved,
            thoughts: ended.arrived.thoughts.clone(),
            output: ended.arrived.text.clone(),
            first_token_ms: ended.arrived.first_token_ms,
            usage: ended.arrived.usage,
            duration_ms: Some(ended.duration_ms),
            ..self.run.clone()
        }
    }
}

impl Record for Run {
    type Id = RunId;

    const NOUN: &'static str = "run";

    fn id(&self) -> RunId {
        self.id
    }

    fn job_id(id: RunId) -> JobId {
        (Self::NOUN, id.0)
    }

    fn prompt_id(&self) -> PromptId {
        self.prompt_id
    }

    fn is_working(&self) -> bool {
        self.state == RunState::Running
    }

    async fn load(store: &Store, id: RunId) -> Result<Option<Self>, StoreError> {
        store.run(id).await
    }

    fn with_arrived(self, arrived: Arrived) -> Self {
        let waiting = arrived.waiting();
        match arrived.unsaved {
            Some(Event::Run(unsaved)) => *unsaved,
            _ => Self {
                instructions_moved: arrived.instructions_moved,
                thoughts: arrived.thoughts,
                output: arrived.text,
                first_token_ms: arrived.first_token_ms,
                waiting,
                ..self
            },
        }
    }

    fn event(self) -> Event {
        Event::Run(Box::new(self))
    }
}
