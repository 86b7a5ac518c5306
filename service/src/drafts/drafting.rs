//! The task of a draft: ask, read, check, ask once more if it has to be.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use align::direct::{Problem, Request, Unusable, better_of, read_reply};
use align::model::{Conversation, Failure, Settings, Usage};
use align::record::{Draft, DraftState, Event, Proposal, Waiting};
use futures_util::FutureExt;
use store::StoreError;

use crate::Studio;
use crate::clock::elapsed_ms;
use crate::drafts::order::{Order, offered, request};
use crate::jobs::streaming::{Answer, End, Sink, follow, not_saved, our_fault};
use crate::jobs::{Arrived, Ended, Stops, Work};

/// Writes a draft and keeps how it ended, whatever happens in between.
pub(crate) async fn write(studio: Studio, draft: Draft, order: Order, stops: Stops) {
    let started = Instant::now();
    let writing = Writing { studio: &studio, order: &order, stops: &stops, draft: draft.clone() };
    let written = AssertUnwindSafe(writing.until_it_ends()).catch_unwind().await;
    let mut ended = written.unwrap_or_else(|_| {
        let arrived = stops.live.with(|arrived| arrived.clone());
        failed(Draft { reply: arrived.text, tries: arrived.tries, ..draft.clone() }, our_fault())
    });
    ended.duration_ms = Some(elapsed_ms(started));
    tracing::debug!(model = %ended.model, tries = ended.tries, "a draft ended");
    let write = || studio.shared.store.finish_draft(&ended);
    let tell = |unsaved: Option<&StoreError>| {
        let failure = ended.failure.clone().or(unsaved.map(not_saved));
        let told = Draft { failure, ..ended.clone() };
        let kept = unsaved.map(|_| Box::new(Ended::Draft(told.clone())));
        stops.live.with(|arrived| arrived.ended = kept);
        studio.tell_draft(&told);
    };
    studio.shared.tasks.finish(write, tell).await;
    studio.shared.tasks.done(Work::Draft(draft.id));
}

struct Writing<'a> {
    studio: &'a Studio,
    order: &'a Order,
    stops: &'a Stops,
    draft: Draft,
}

type Reading = Result<Proposal, Unusable>;

impl Writing<'_> {
    async fn until_it_ends(mut self) -> Draft {
        let asked = self.draft.clone();
        let Order { given, run, variant, mark, .. } = self.order;
        let guidelines = offered(&asked);
        let request = Request {
            variant: variant.as_deref(),
            ..request(given, run.as_ref(), &asked, &guidelines, mark)
        };
        let first = match self.ask(&request, request.conversation()).await {
            Ok(reading) => reading,
            Err(ended) => return *ended,
        };
        let Some(problem) = Problem::of(&first) else { return self.read(first) };
        let again = request.second_try(&self.draft.reply, &problem);
        self.begin_second_try();
        match self.ask(&request, again).await {
            Ok(second) => self.read(better_of(first, second)),
            // The second call failed, but the first gave something a person can decide on.
            Err(ended) if ended.state == DraftState::Failed && first.is_ok() => self.read(first),
            Err(ended) => *ended,
        }
    }

    /// One call; the error is the draft that ended without a reply to read.
    async fn ask(
        &mut self,
        request: &Request<'_>,
        conversation: Conversation,
    ) -> Result<Reading, Box<Draft>> {
        let model = self.draft.model.clone();
        let stream = self.studio.shared.models.stream(&model, conversation, Settings::default());
        let sink = DraftSink { studio: self.studio, draft: &self.draft };
        let Answer { text, usage, end, .. } =
            follow(stream, Instant::now(), self.stops, &sink).await;
        self.draft.reply = text;
        self.draft.usage = sum(self.draft.usage, usage);
        match end {
            End::Done(finish) => Ok(read_reply(request, &self.draft.reply, finish)),
            End::Stopped => Err(Box::new(self.ended(DraftState::Stopped))),
            End::Interrupted => Err(Box::new(self.ended(DraftState::Interrupted))),
            End::Failed(failure) => Err(Box::new(failed(self.draft.clone(), failure))),
        }
    }

    fn begin_second_try(&mut self) {
        self.draft.tries = 2;
        self.draft.reply.clear();
        self.stops.live.with(|arrived| *arrived = Arrived { tries: 2, ..Arrived::default() });
        self.studio.tell_draft(&self.draft);
    }

    fn read(self, reading: Reading) -> Draft {
        match reading {
            Ok(proposal) => {
                let proposal = Some(compared(proposal, self.order));
                Draft { state: DraftState::Ready, proposal, ..self.draft }
            }
            Err(unusable) => failed(self.draft, unusable.failure()),
        }
    }

    fn ended(&self, state: DraftState) -> Draft {
        Draft { state, ..self.draft.clone() }
    }
}

/// A proposal is read against the text that the model was given; people compare it with the newest one.
fn compared(proposal: Proposal, Order { newest, given, .. }: &Order) -> Proposal {
    if given == newest {
        return proposal;
    }
    if proposal.unchanged && !proposal.conflicts.is_empty() {
        // It was not rewritten at all.
        return Proposal { prompt: newest.clone(), ..proposal };
    }
    Proposal { unchanged: proposal.prompt == *newest, ..proposal }
}

fn failed(draft: Draft, failure: Failure) -> Draft {
    Draft { state: DraftState::Failed, failure: Some(failure), ..draft }
}

/// Tokens of two calls.
pub(crate) fn sum(before: Option<Usage>, now: Option<Usage>) -> Option<Usage> {
    match (before, now) {
        (Some(before), Some(now)) => Some(Usage {
            input_tokens: before.input_tokens.saturating_add(now.input_tokens),
            output_tokens: before.output_tokens.saturating_add(now.output_tokens),
            thought_tokens: before.thought_tokens.saturating_add(now.thought_tokens),
        }),
        (before, now) => now.or(before),
    }
}

struct DraftSink<'a> {
    studio: &'a Studio,
    draft: &'a Draft,
}

impl Sink for DraftSink<'_> {
    fn delta(&self, offset: usize, text: &str, _first_token_ms: u32) {
        let event = Event::DraftDelta {
            draft_id: self.draft.id,
            tries: self.draft.tries,
            offset: offset as u64,
            text: text.to_owned(),
        };
        self.studio.shared.hub.publish(self.draft.prompt_id, event);
    }

    fn begins_anew(&self) {
        let event = Event::Draft(Box::new(self.draft.clone()));
        self.studio.shared.hub.publish(self.draft.prompt_id, event);
    }

    fn waits(&self, waiting: Option<Waiting>) {
        let event = Event::DraftWaiting { draft_id: self.draft.id, waiting };
        self.studio.shared.hub.publish(self.draft.prompt_id, event);
    }

    async fn keep(&self, Arrived { tries, text, .. }: Arrived) -> bool {
        let kept = self.studio.shared.store.save_draft_progress(self.draft.id, tries, &text);
        kept.await
            .inspect_err(|error| tracing::warn!(%error, "a partial draft could not be saved"))
            .is_ok()
    }
}
