//! What a job is.

use align::model::Failure;
use align::record::{Event, PromptId, Timestamp, Waiting};
use models::Priority;
use store::{Store, StoreError};

use super::{Arrived, Asking, Unanswered};

/// Something that asks a model.
pub(crate) trait Job: Sized + Send + Sync + 'static {
    /// What people see of it.
    type Record: Record;
    /// What is to be recorded before a model is asked.
    type Plan: Send + 'static;
    /// What a model's answer comes to.
    type Answer: Send + Sync;

    /// Writes a plan down, in one transaction; answers the jobs to start.
    fn record_plan(
        plan: Self::Plan,
        store: &Store,
    ) -> impl Future<Output = Result<Vec<Self>, StoreError>> + Send;

    /// The record as it was when the job began.
    fn record(&self) -> &Self::Record;

    /// What else changed when the job was recorded; told before the record itself.
    fn changed(&self) -> Vec<Event> {
        Vec::new()
    }

    /// Whether a person waits for it, or it runs in bulk and lets others go first.
    fn priority(&self) -> Priority {
        Priority::Interactive
    }

    /// Asks the model, as often as it takes.
    fn ask(
        &self,
        asking: &Asking<'_, Self>,
    ) -> impl Future<Output = Result<Self::Answer, Unanswered>> + Send;

    /// The event that tells of more text; `None` where replies are shown only when they were read.
    fn arrives(&self, _delta: Delta) -> Option<Event> {
        None
    }

    /// The event that tells of more thoughts after `offset` bytes of them; `None` where they are not shown.
    fn thinks(&self, _offset: u64, _text: String) -> Option<Event> {
        None
    }

    /// The event that tells what the job waits for.
    fn waits(&self, waiting: Option<Waiting>) -> Event;

    /// Writes down what has arrived so far, where partial replies are worth something.
    fn keep(
        &self,
        _store: &Store,
        _arrived: Arrived,
    ) -> impl Future<Output = Result<(), StoreError>> + Send {
        async { Ok(()) }
    }

    /// Writes down how the job ended, in one transaction; answers the events that tell it.
    /// [`StoreError::NotEditable`] if its row was ended before.
    fn finish(
        &self,
        store: &Store,
        ended: &Ended<Self::Answer>,
    ) -> impl Future<Output = Result<Vec<Event>, StoreError>> + Send;

    /// The record as people see it while its end is not saved, `because` of this.
    fn unsaved(&self, ended: &Ended<Self::Answer>, because: Failure) -> Self::Record;
}

/// What people see of a job.
pub(crate) trait Record: Clone + Send + Sync + 'static {
    /// Identifies it.
    type Id: Copy + Send;

    /// What people call it.
    const NOUN: &'static str;

    /// Its identifier.
    fn id(&self) -> Self::Id;

    /// The job that works on the record `id`.
    fn job_id(id: Self::Id) -> JobId;

    /// The prompt whose pages show it.
    fn prompt_id(&self) -> PromptId;

    /// Whether its job goes on, as far as the record says.
    fn is_working(&self) -> bool;

    /// Reads it from its row.
    fn load(
        store: &Store,
        id: Self::Id,
    ) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send;

    /// The record with what has arrived since its row was written.
    fn with_arrived(self, arrived: Arrived) -> Self;

    /// The event that tells everything about it.
    fn event(self) -> Event;
}

/// Identifies a job: what its record is called, and the number of the record.
pub(crate) type JobId = (&'static str, i64);

/// Text that arrived.
pub(crate) struct Delta {
    /// Which try it belongs to, from 1.
    pub(crate) tries: u8,
    /// Bytes of that try's text before it.
    pub(crate) offset: u64,
    /// The text.
    pub(crate) text: String,
    /// Milliseconds from the call to the first token.
    pub(crate) first_token_ms: u32,
}

/// How a job ended.
pub(crate) struct Ended<A> {
    /// What the answer came to.
    pub(crate) answer: Result<A, Unanswered>,
    /// What had arrived.
    pub(crate) arrived: Arrived,
    /// Milliseconds from the start to the end.
    pub(crate) duration_ms: u32,
    /// When it ended.
    pub(crate) now: Timestamp,
}
