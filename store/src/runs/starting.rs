//! Runs that start at the same time are kept together.
//!
//! A turn to write goes from thread to thread several times. One by one, the turns of 200 runs took
//! longer than everything else at their start; together they take one statement.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{mem, slice};

use align::record::RunId;
use tokio::sync::oneshot;

use super::NewRun;
use super::start::insert;
use crate::{Store, StoreError};

/// Runs that one statement keeps at most: what is done should not wait long for what is not.
const TOGETHER: usize = 64;

/// The runs that wait to be kept.
#[derive(Debug, Default)]
pub(crate) struct StartingRuns {
    queue: Mutex<Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: Vec<Waiting>,
    /// Whether a task is at work that will come to those that wait.
    is_served: bool,
}

#[derive(Debug)]
struct Waiting {
    new: NewRun,
    kept: oneshot::Sender<Result<RunId, StoreError>>,
}

impl Waiting {
    fn tell(self, outcome: Result<RunId, StoreError>) {
        // Whoever left needs no answer.
        let _ = self.kept.send(outcome);
    }
}

impl StartingRuns {
    /// Keeps a run, together with others that wait; returns when it is durable.
    pub(super) async fn keep(&self, store: &Store, new: NewRun) -> Result<RunId, StoreError> {
        let (kept, outcome) = oneshot::channel();
        if self.join(Waiting { new, kept }) {
            // A task of its own: it serves the others also where this caller leaves.
            tokio::spawn(serve(store.clone()));
        }
        outcome.await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }

    /// Queues up; whether nobody serves the queue yet.
    fn join(&self, waiting: Waiting) -> bool {
        let mut queue = self.queue();
        queue.waiting.push(waiting);
        !mem::replace(&mut queue.is_served, true)
    }

    /// The next ones; with none, nobody serves the queue from here on.
    fn next(&self) -> Vec<Waiting> {
        let mut queue = self.queue();
        queue.is_served = !queue.waiting.is_empty();
        let count = queue.waiting.len().min(TOGETHER);
        queue.waiting.drain(..count).collect()
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Each change of the queue is complete whenever the lock is free.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps the runs that wait, until none does.
async fn serve(store: Store) {
    loop {
        let together = store.starting_runs().next();
        if together.is_empty() {
            return;
        }
        keep_together(&store, together).await;
    }
}

/// Keeps runs in one statement. Where that fails, each gets a turn of its own, so that none fails because
/// of another, and none waits for another.
async fn keep_together(store: &Store, mut together: Vec<Waiting>) {
    if together.len() == 1 {
        return keep_alone(store.clone(), together.remove(0)).await;
    }
    let runs: Vec<_> = together.iter().map(|waiting| waiting.new.clone()).collect();
    match write(store, &runs).await {
        Ok(ids) => together.into_iter().zip(ids).for_each(|(waiting, id)| waiting.tell(Ok(id))),
        Err(_) => {
            for waiting in together {
                tokio::spawn(keep_alone(store.clone(), waiting));
            }
        }
    }
}

async fn keep_alone(store: Store, waiting: Waiting) {
    let ids = write(&store, slice::from_ref(&waiting.new)).await;
    waiting.tell(ids.map(|ids| ids[0]));
}

async fn write(store: &Store, runs: &[NewRun]) -> Result<Vec<RunId>, StoreError> {
    let mut write = store.write().await?;
    let ids = insert(&mut write, runs, store.owner()).await?;
    write.commit().await?;
    Ok(ids)
}
