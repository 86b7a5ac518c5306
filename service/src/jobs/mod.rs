//! The tasks that answer: which run, draft or consultation is going on, and how to stop it.

pub(crate) mod streaming;

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use align::record::{Consultation, ConsultationId, Draft, DraftId, Run, RunId, Waiting};
use store::StoreError;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::elapsed_ms;

/// The pause before the end of some work is written again, if the store did not take it.
const PAUSE: Duration = Duration::from_secs(1);

/// What a task works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Work {
    /// A run.
    Run(RunId),
    /// A draft.
    Draft(DraftId),
    /// A consultation.
    Consultation(ConsultationId),
}

/// What has arrived of an answer, ahead of its row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arrived {
    /// Which try it belongs to, from 1; always 1 for a run.
    pub(crate) tries: u8,
    /// All text of that try.
    pub(crate) text: String,
    /// Milliseconds to the first token.
    pub(crate) first_token_ms: Option<u32>,
    /// How it ended, while the store does not take that.
    pub(crate) ended: Option<Box<Ended>>,
    /// What it waits for, and since when.
    pub(crate) waiting: Option<(Waiting, Instant)>,
}

impl Arrived {
    /// What it waits for, as it is now.
    pub(crate) fn waiting_now(&self) -> Option<Waiting> {
        let (waiting, since) = self.waiting.clone()?;
        Some(waiting.later(elapsed_ms(since).into()))
    }
}

/// Work that ended and is not saved yet, as people see it.
#[derive(Clone, Debug)]
pub(crate) enum Ended {
    /// A run.
    Run(Run),
    /// A draft.
    Draft(Draft),
    /// A consultation.
    Consultation(Consultation),
}

/// The arriving text of one task, shared with the snapshots.
#[derive(Clone, Debug, Default)]
pub(crate) struct Live(Arc<Mutex<Arrived>>);

impl Live {
    /// Changes or reads what has arrived.
    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut Arrived) -> T) -> T {
        // Text is only ever appended or replaced, so it is whole after a panic, too.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What a task shares with the rest: the two ways in which it is asked to end early, and its text.
#[derive(Clone)]
pub(crate) struct Stops {
    /// A person pressed Stop.
    pub(crate) person: CancellationToken,
    /// The server ends.
    pub(crate) server: CancellationToken,
    /// What has arrived.
    pub(crate) live: Live,
}

/// All tasks of the process.
#[derive(Default)]
pub(crate) struct Tasks {
    stops: Mutex<HashMap<Work, Stops>>,
    server: CancellationToken,
    tracker: TaskTracker,
}

impl Tasks {
    /// Registers a task; call it before the work can be seen, so that it can be stopped.
    pub(crate) fn register(&self, work: Work) -> Stops {
        let live = Live::default();
        live.with(|arrived| arrived.tries = 1);
        let stops = Stops { person: CancellationToken::new(), server: self.server.clone(), live };
        self.stops().insert(work, stops.clone());
        stops
    }

    /// Runs a registered task to its end.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tracker.spawn(task);
    }

    /// Forgets a task that ended.
    pub(crate) fn done(&self, work: Work) {
        self.stops().remove(&work);
    }

    /// Asks a task to end; false if it has ended already.
    pub(crate) fn stop(&self, work: Work) -> bool {
        let stops = self.stops().get(&work).cloned();
        stops.inspect(|stops| stops.person.cancel()).is_some()
    }

    /// What has arrived of work whose row may be behind; `None` once the row says it all.
    pub(crate) fn arrived(&self, work: Work) -> Option<Arrived> {
        let stops = self.stops().get(&work).cloned();
        stops.map(|stops| stops.live.with(|arrived| arrived.clone()))
    }

    /// Writes the end of some work down and tells everyone. If the store does not take it, people
    /// hear at once how it ended and that it is not saved, and it is written as soon as the store
    /// takes it; if the server ends before, the next start marks it as interrupted.
    pub(crate) async fn finish<F>(&self, write: impl Fn() -> F, tell: impl Fn(Option<&StoreError>))
    where
        F: Future<Output = Result<(), StoreError>>,
    {
        let mut is_told = false;
        while let Err(error) = write().await {
            // The server is ending and has marked it already, or its prompt is gone.
            if matches!(error, StoreError::NotEditable { .. } | StoreError::NotFound { .. }) {
                break;
            }
            if !is_told {
                tracing::error!(%error, "the end of some work is not saved; it is tried again");
                tell(Some(&error));
                is_told = true;
            }
            if self.server.is_cancelled() {
                return;
            }
            // The end of the server cuts the pause short for one last try.
            let _ = tokio::time::timeout(PAUSE, self.server.cancelled()).await;
        }
        tell(None);
    }

    /// Asks all tasks to end and waits for them, at most for `limit`.
    pub(crate) async fn end(&self, limit: Duration) {
        self.server.cancel();
        self.tracker.close();
        if tokio::time::timeout(limit, self.tracker.wait()).await.is_err() {
            tracing::warn!("some work did not end in time");
        }
    }

    fn stops(&self) -> MutexGuard<'_, HashMap<Work, Stops>> {
        // The map is whole whenever the lock is free: each change is one call.
        self.stops.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
