//! The jobs that go on.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::live::Live;
use super::{Arrived, JobId};

/// All jobs of the process.
#[derive(Default)]
pub(crate) struct Jobs {
    live: Mutex<HashMap<JobId, Live>>,
    server: CancellationToken,
    tracker: TaskTracker,
}

impl Jobs {
    /// Registers a job; call it before the job can be seen, so that it can be stopped.
    pub(super) fn register(&self, id: JobId) -> Live {
        let live = Live::new(self.server.clone());
        self.live().insert(id, live.clone());
        live
    }

    /// Runs a task that ends by itself when the server does.
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tracker.spawn(task);
    }

    /// Forgets a job that ended.
    pub(super) fn done(&self, id: JobId) {
        self.live().remove(&id);
    }

    /// Asks a job to end; false if it has ended already.
    pub(super) fn stop(&self, id: JobId) -> bool {
        let live = self.live().get(&id).cloned();
        live.inspect(|live| live.person.cancel()).is_some()
    }

    /// What has arrived of a job whose row may be behind; `None` once the row says it all.
    pub(super) fn arrived(&self, id: JobId) -> Option<Arrived> {
        let live = self.live().get(&id).cloned();
        live.map(|live| live.arrived())
    }

    /// Whether no job goes on.
    pub(super) fn is_idle(&self) -> bool {
        self.live().is_empty()
    }

    /// Cancelled when the server ends.
    pub(super) fn ending(&self) -> CancellationToken {
        self.server.clone()
    }

    /// Asks all jobs to end and waits for them, at most for `limit`.
    pub(crate) async fn end(&self, limit: Duration) {
        self.server.cancel();
        self.tracker.close();
        if tokio::time::timeout(limit, self.tracker.wait()).await.is_err() {
            tracing::warn!("some jobs did not end in time");
        }
    }

    fn live(&self) -> MutexGuard<'_, HashMap<JobId, Live>> {
        // Each change of the map is one call, so it is complete whenever the lock is free.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
