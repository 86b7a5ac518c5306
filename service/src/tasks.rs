//! The tasks that answer: which run or draft is going on, and how to stop it.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use align::record::{DraftId, RunId};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// What a task works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Work {
    /// A run.
    Run(RunId),
    /// A draft.
    Draft(DraftId),
}

/// The two ways in which a task is asked to end early.
#[derive(Clone)]
pub(crate) struct Stops {
    /// A person pressed Stop.
    pub(crate) person: CancellationToken,
    /// The server ends.
    pub(crate) server: CancellationToken,
}

/// All tasks of the process.
#[derive(Default)]
pub(crate) struct Tasks {
    stops: Mutex<HashMap<Work, CancellationToken>>,
    server: CancellationToken,
    tracker: TaskTracker,
}

impl Tasks {
    /// Registers a task; call it before the work can be seen, so that it can be stopped.
    pub(crate) fn register(&self, work: Work) -> Stops {
        let person = CancellationToken::new();
        self.stops().insert(work, person.clone());
        Stops { person, server: self.server.clone() }
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
        let stop = self.stops().get(&work).cloned();
        stop.inspect(CancellationToken::cancel).is_some()
    }

    /// Asks all tasks to end and waits for them, at most for `limit`.
    pub(crate) async fn end(&self, limit: Duration) {
        self.server.cancel();
        self.tracker.close();
        if tokio::time::timeout(limit, self.tracker.wait()).await.is_err() {
            tracing::warn!("some runs or drafts did not end in time");
        }
    }

    fn stops(&self) -> MutexGuard<'_, HashMap<Work, CancellationToken>> {
        // The map is whole whenever the lock is free: each change is one call.
        self.stops.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
