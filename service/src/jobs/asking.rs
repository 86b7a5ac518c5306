//! Calls of a job: one, or a second one that names what was wrong with the first reply.

use align::model::{Conversation, Failure, FinishReason, ModelRef, Settings, Usage};
use align::record::Event;

use super::following::follow;
use super::live::Live;
use super::{Arrived, Job, Record};
use crate::Studio;

/// Why a job has no answer.
#[derive(Clone, Debug)]
pub(crate) enum Unanswered {
    /// A person stopped it.
    Stopped,
    /// The server ends.
    Interrupted,
    /// It failed.
    Failed(Failure),
}

/// A complete reply.
pub(crate) struct Reply {
    /// Its text.
    pub(crate) text: String,
    /// Why it ended.
    pub(crate) finish: FinishReason,
}

/// A request whose reply is read, and sent back once where something is wrong with it.
pub(crate) struct Exchange<Read, Again, Reading> {
    /// What is sent first.
    pub(crate) first: Conversation,
    /// Reads a reply.
    pub(crate) read: Read,
    /// What is sent after a reply with a problem; `None` if it has none.
    pub(crate) again: Again,
    /// Which of two readings to go on with.
    pub(crate) better: fn(Reading, Reading) -> Reading,
}

/// What a job asks through.
pub(crate) struct Asking<'a, J> {
    pub(super) studio: &'a Studio,
    pub(super) job: &'a J,
    pub(super) live: &'a Live,
}

impl<'a, J: Job> Asking<'a, J> {
    pub(super) fn new(studio: &'a Studio, job: &'a J, live: &'a Live) -> Self {
        Self { studio, job, live }
    }

    /// One call.
    pub(crate) async fn call(
        &self,
        model: &ModelRef,
        conversation: Conversation,
        settings: Settings,
    ) -> Result<Reply, Unanswered> {
        let stream =
            self.studio.shared.models.stream_at(self.job.priority(), model, conversation, settings);
        let mut usage = None;
        let finish = follow(stream, self, &mut usage).await;
        let text = self.live.with(|arrived| {
            arrived.usage = sum(arrived.usage, usage);
            arrived.text.clone()
        });
        Ok(Reply { text, finish: finish? })
    }

    /// One call, or two where the first reply has a problem.
    pub(crate) async fn exchange<Found, Unusable>(
        &self,
        model: &ModelRef,
        exchange: Exchange<
            impl Fn(&Reply) -> Result<Found, Unusable>,
            impl Fn(&Reply, &Result<Found, Unusable>) -> Option<Conversation>,
            Result<Found, Unusable>,
        >,
    ) -> Result<Result<Found, Unusable>, Unanswered> {
        let Exchange { first, read, again, better } = exchange;
        let reply = self.call(model, first, Settings::default()).await?;
        let first = read(&reply);
        let Some(again) = again(&reply, &first) else { return Ok(first) };
        self.live.with(Arrived::begin_again);
        self.tell_record();
        match self.call(model, again, Settings::default()).await {
            Ok(reply) => Ok(better(first, read(&reply))),
            // The second call failed, but the first gave something to go on with.
            Err(Unanswered::Failed(_)) if first.is_ok() => Ok(first),
            Err(unanswered) => Err(unanswered),
        }
    }

    /// Tells everyone who looks at the record.
    pub(super) fn publish(&self, event: Event) {
        self.studio.shared.hub.publish(self.job.record().prompt_id(), event);
    }

    /// Tells everyone how the record is now.
    pub(super) fn tell_record(&self) {
        self.studio.tell(self.job.record().clone().with_arrived(self.live.arrived()));
    }
}

/// Tokens of two calls.
fn sum(before: Option<Usage>, now: Option<Usage>) -> Option<Usage> {
    match (before, now) {
        (Some(before), Some(now)) => Some(Usage {
            input_tokens: before.input_tokens.saturating_add(now.input_tokens),
            output_tokens: before.output_tokens.saturating_add(now.output_tokens),
            thought_tokens: before.thought_tokens.saturating_add(now.thought_tokens),
        }),
        (before, now) => now.or(before),
    }
}
