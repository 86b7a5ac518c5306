//! The task of a consultation: ask, read, ask once more if it has to be, apply.

use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use align::model::{Conversation, Failure, Settings, Usage};
use align::record::{Answer, Consultation, ConsultationState, Event, Waiting};
use futures_util::FutureExt;
use store::{ConsultationEnd, Consulted, Outcome, StoreError};

use crate::Studio;
use crate::clock::{elapsed_ms, now};
use crate::consultations::question::{Found, Order, Reading, Request, better};
use crate::drafts::drafting::sum;
use crate::jobs::streaming::{self, End, Sink, follow, not_saved, our_fault};
use crate::jobs::{Arrived, Ended, Stops, Work};

/// Asks and keeps how it ended, whatever happens in between.
pub(crate) async fn ask(studio: Studio, asked: Consultation, order: Order, stops: Stops) {
    let started = Instant::now();
    let asking = Asking { studio: &studio, order: &order, stops: &stops, asked: &asked };
    let outcome = AssertUnwindSafe(asking.until_it_ends()).catch_unwind().await;
    let (outcome, usage) = outcome.unwrap_or_else(|_| (failed(our_fault()), None));
    let end = ConsultationEnd {
        id: asked.id,
        outcome,
        tries: stops.live.with(|arrived| arrived.tries),
        usage,
        duration_ms: elapsed_ms(started),
        now: now(),
    };
    tracing::debug!(model = %asked.model, tries = end.tries, "a consultation ended");
    let kept: Mutex<Option<Consulted>> = Mutex::new(None);
    let write = async || {
        let consulted = studio.shared.store.finish_consultation(&end).await?;
        *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(consulted);
        Ok(())
    };
    let tell = |unsaved: Option<&StoreError>| {
        let told = unsaved.map(|error| as_told(&asked, &end, not_saved(error)));
        let ended = told.clone().map(|told| Box::new(Ended::Consultation(told)));
        stops.live.with(|arrived| arrived.ended = ended);
        let kept = kept.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (told, kept) {
            (Some(told), _) => studio.tell_consultation(&told),
            (None, Some(consulted)) => drop(studio.tell_consulted(consulted)),
            // The end of the server was faster; its row says so.
            (None, None) => studio.tell_consultation(&interrupted(&asked, &end)),
        }
    };
    studio.shared.tasks.finish(write, tell).await;
    studio.shared.tasks.done(Work::Consultation(asked.id));
}

/// What people see while the end cannot be written down.
fn as_told(asked: &Consultation, end: &ConsultationEnd, failure: Failure) -> Consultation {
    let (state, failure) = match &end.outcome {
        Outcome::Ended(state, because) => (*state, because.clone().unwrap_or(failure)),
        // Nothing is applied before it is saved.
        _ => (ConsultationState::Failed, failure),
    };
    Consultation { state, failure: Some(failure), ..with_counts(asked, end) }
}

fn interrupted(asked: &Consultation, end: &ConsultationEnd) -> Consultation {
    Consultation { state: ConsultationState::Interrupted, ..with_counts(asked, end) }
}

fn with_counts(asked: &Consultation, end: &ConsultationEnd) -> Consultation {
    let ConsultationEnd { tries, usage, duration_ms, .. } = *end;
    Consultation { tries, usage, duration_ms: Some(duration_ms), ..asked.clone() }
}

fn failed(failure: Failure) -> Outcome {
    Outcome::Ended(ConsultationState::Failed, Some(failure))
}

struct Asking<'a> {
    studio: &'a Studio,
    order: &'a Order,
    stops: &'a Stops,
    asked: &'a Consultation,
}

impl Asking<'_> {
    async fn until_it_ends(&self) -> (Outcome, Option<Usage>) {
        let offered = self.order.offered();
        let said = self.order.said();
        let request = self.order.request(&self.asked.question, &offered, &said);
        let (first, usage) = self.ask(&request, request.conversation()).await;
        let (reply, first) = match first {
            Ok(read) => read,
            Err(outcome) => return (outcome, usage),
        };
        let Some(again) = request.second_try(&reply, &first) else {
            return (self.outcome(first), usage);
        };
        self.begin_second_try();
        let (second, more) = self.ask(&request, again).await;
        let outcome = match second {
            Ok((_, second)) => self.outcome(better(first, second)),
            // The second call failed, but the first gave something to go on with.
            Err(Outcome::Ended(ConsultationState::Failed, _)) if first.is_ok() => {
                self.outcome(first)
            }
            Err(outcome) => outcome,
        };
        (outcome, sum(usage, more))
    }

    /// One call: the reply and what it is read as, or how it ended without one.
    async fn ask(
        &self,
        request: &Request<'_>,
        conversation: Conversation,
    ) -> (Result<(String, Reading), Outcome>, Option<Usage>) {
        let models = &self.studio.shared.models;
        let stream = models.stream(&self.asked.model, conversation, Settings::default());
        let sink = ConsultationSink { studio: self.studio, asked: self.asked };
        let streaming::Answer { text, usage, end, .. } =
            follow(stream, Instant::now(), self.stops, &sink).await;
        let read = match end {
            End::Done(finish) => {
                let reading = request.read(&text, finish);
                Ok((text, reading))
            }
            End::Stopped => Err(Outcome::Ended(ConsultationState::Stopped, None)),
            End::Interrupted => Err(Outcome::Ended(ConsultationState::Interrupted, None)),
            End::Failed(failure) => Err(failed(failure)),
        };
        (read, usage)
    }

    fn begin_second_try(&self) {
        self.stops.live.with(|arrived| *arrived = Arrived { tries: 2, ..Arrived::default() });
        self.studio.tell_consultation(&Consultation { tries: 2, ..self.asked.clone() });
    }

    fn outcome(&self, reading: Reading) -> Outcome {
        match reading {
            Ok(Found::Distilled(distillation)) => self.order.outcome(distillation),
            Ok(Found::Suggested(texts)) => Outcome::Answered(Answer::Suggestions(texts)),
            Err(unusable) => failed(unusable.failure()),
        }
    }
}

struct ConsultationSink<'a> {
    studio: &'a Studio,
    asked: &'a Consultation,
}

impl Sink for ConsultationSink<'_> {
    /// Replies are short and are shown when they were read.
    fn delta(&self, _offset: usize, _text: &str, _first_token_ms: u32) {}

    fn begins_anew(&self) {}

    fn waits(&self, waiting: Option<Waiting>) {
        let event = Event::ConsultationWaiting { consultation_id: self.asked.id, waiting };
        self.studio.shared.hub.publish(self.asked.prompt_id, event);
    }

    async fn keep(&self, _arrived: Arrived) -> bool {
        true
    }
}
