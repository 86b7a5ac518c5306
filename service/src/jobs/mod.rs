//! Jobs: everything that asks a model. A job is recorded before its first call, tells what happens
//! while it works, and keeps how it ended in one transaction, whether or not anybody waits for it.

mod asking;
mod failures;
mod following;
mod job;
mod leases;
mod live;
mod registry;

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use align::record::Event;
use futures_util::FutureExt;
use store::StoreError;

pub(crate) use asking::{Asking, Exchange, Reply, Unanswered};
pub(crate) use job::{Delta, Ended, Job, JobId, Record};
pub(crate) use live::Arrived;
pub(crate) use registry::Jobs;

use crate::Studio;
use crate::clock::{elapsed_ms, now};
use crate::error::ServiceError;
use crate::studio::detached;
use live::Live;

/// The pause before the end of a job is written again, if the store did not take it.
const PAUSE: Duration = Duration::from_secs(1);

impl Studio {
    /// Records what is planned, tells everyone and starts it: all of it, or nothing.
    pub(crate) async fn begin<J: Job>(
        &self,
        plan: J::Plan,
    ) -> Result<Vec<J::Record>, ServiceError> {
        let studio = self.clone();
        detached(async move {
            let jobs = J::record_plan(plan, &studio.shared.store).await?;
            let records = jobs.iter().map(|job| job.record().clone()).collect();
            for job in jobs {
                studio.start(job);
            }
            Ok(records)
        })
        .await
    }

    /// Begins a plan of one job.
    pub(crate) async fn begin_one<J: Job>(&self, plan: J::Plan) -> Result<J::Record, ServiceError> {
        let begun = self.begin::<J>(plan).await?.into_iter().next();
        begun.ok_or_else(|| ServiceError::missing(J::Record::NOUN))
    }

    /// Stops the job of a record; what has arrived is kept. One that has ended is no failure.
    pub(crate) async fn stop<R: Record>(&self, id: R::Id) -> Result<(), ServiceError> {
        if !self.shared.jobs.stop(R::job_id(id)) {
            self.find::<R>(id).await?;
        }
        Ok(())
    }

    /// The record as it is now.
    pub(crate) async fn find<R: Record>(&self, id: R::Id) -> Result<R, ServiceError> {
        let found = R::load(&self.shared.store, id).await?;
        Ok(self.current(found.ok_or_else(|| ServiceError::missing(R::NOUN))?))
    }

    /// A record with what has arrived since it was read from its row.
    pub(crate) fn current<R: Record>(&self, record: R) -> R {
        if !record.is_working() {
            return record;
        }
        match self.shared.jobs.arrived(R::job_id(record.id())) {
            Some(arrived) => record.with_arrived(arrived),
            None => record,
        }
    }

    /// Tells everyone how a record is now.
    pub(crate) fn tell<R: Record>(&self, record: R) {
        self.shared.hub.publish(record.prompt_id(), record.event());
    }

    fn start<J: Job>(&self, job: J) {
        let (jobs, record) = (&self.shared.jobs, job.record());
        for event in job.changed() {
            self.shared.hub.publish(record.prompt_id(), event);
        }
        // Registered before anybody sees it, so that it can be stopped.
        let live = record.is_working().then(|| jobs.register(J::Record::job_id(record.id())));
        self.tell(record.clone());
        if let Some(live) = live {
            jobs.spawn(perform(self.clone(), job, live));
        }
    }
}

/// Asks and keeps how it ended, whatever happens in between.
async fn perform<J: Job>(studio: Studio, job: J, live: Live) {
    let started = Instant::now();
    let asking = Asking::new(&studio, &job, &live);
    let answer = AssertUnwindSafe(job.ask(&asking)).catch_unwind().await;
    let ended = Ended {
        answer: answer.unwrap_or_else(|_| Err(Unanswered::Failed(failures::our_fault()))),
        arrived: live.arrived(),
        duration_ms: elapsed_ms(started),
        now: now(),
    };
    let id = J::Record::job_id(job.record().id());
    tracing::debug!(?id, duration_ms = ended.duration_ms, "a job ended");
    for event in keep_end(&studio, &job, &live, &ended).await {
        studio.shared.hub.publish(job.record().prompt_id(), event);
    }
    studio.shared.jobs.done(id);
}

/// Writes down how a job ended; answers the events that tell it. While the store does not take it,
/// people see how it ended and that it is not saved, and it is written as soon as the store takes it;
/// if the server ends before, the job counts as interrupted.
async fn keep_end<J: Job>(
    studio: &Studio,
    job: &J,
    live: &Live,
    ended: &Ended<J::Answer>,
) -> Vec<Event> {
    let mut is_told = false;
    loop {
        let error = match job.finish(&studio.shared.store, ended).await {
            Ok(events) => return events,
            // Somebody else has ended its row, which says how, or its prompt is gone.
            Err(StoreError::NotEditable { .. } | StoreError::NotFound { .. }) => {
                let kept = studio.find::<J::Record>(job.record().id()).await;
                return kept.map(Record::event).into_iter().collect();
            }
            Err(error) => error,
        };
        if !is_told {
            tracing::error!(%error, "the end of a job is not saved; it is tried again");
            let unsaved = job.unsaved(ended, failures::not_saved(&error)).event();
            live.with(|arrived| arrived.unsaved = Some(unsaved.clone()));
            studio.shared.hub.publish(job.record().prompt_id(), unsaved);
            is_told = true;
        }
        if live.server.is_cancelled() {
            return Vec::new();
        }
        // The end of the server cuts the pause short for one last try.
        let _ = tokio::time::timeout(PAUSE, live.server.cancelled()).await;
    }
}
