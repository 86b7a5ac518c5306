//! The task of a run: from the call of the model to the row that says how it ended.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use align::Rendered;
use align::model::{Conversation, Message};
use align::record::{Event, Run, RunState, Waiting};
use futures_util::FutureExt;
use store::StoreError;

use crate::Studio;
use crate::clock::elapsed_ms;
use crate::jobs::streaming::{Answer, End, Sink, follow, not_saved, our_fault};
use crate::jobs::{Arrived, Ended, Stops, Work};

/// Answers a run and writes down how it ended, whatever happens in between.
pub(crate) async fn answer(studio: Studio, run: Run, rendered: Rendered, stops: Stops) {
    let started = Instant::now();
    let sink = RunSink { studio: &studio, run: &run };
    let model = &run.model;
    let conversation = Conversation {
        system_instructions: rendered.system_instructions,
        messages: vec![Message::user(rendered.text)],
    };
    let stream = studio.shared.models.stream(model, conversation, run.settings.clone());
    let answered = AssertUnwindSafe(follow(stream, started, &stops, &sink)).catch_unwind().await;
    let mut ended = Run { duration_ms: Some(elapsed_ms(started)), ..run.clone() };
    if let Ok(answer) = answered {
        end(&mut ended, answer);
    } else {
        let arrived = stops.live.with(|arrived| arrived.clone());
        ended.output = arrived.text;
        ended.first_token_ms = arrived.first_token_ms;
        ended.state = RunState::Failed;
        ended.failure = Some(our_fault());
    }
    tracing::debug!(%model, state = ?ended.state, duration_ms = ended.duration_ms, "a run ended");
    let write = || studio.shared.store.finish_run(&ended);
    let tell = |unsaved: Option<&StoreError>| {
        let told =
            Run { failure: ended.failure.clone().or(unsaved.map(not_saved)), ..ended.clone() };
        let kept = unsaved.map(|_| Box::new(Ended::Run(told.clone())));
        stops.live.with(|arrived| arrived.ended = kept);
        studio.shared.hub.publish(run.prompt_id, Event::Run(Box::new(told)));
    };
    studio.shared.tasks.finish(write, tell).await;
    studio.shared.tasks.done(Work::Run(run.id));
}

fn end(run: &mut Run, answer: Answer) {
    run.output = answer.text;
    run.first_token_ms = answer.first_token_ms;
    run.usage = answer.usage;
    match answer.end {
        End::Done(finish) => {
            run.state = RunState::Done;
            run.finish = Some(finish);
        }
        End::Stopped => run.state = RunState::Stopped,
        End::Interrupted => run.state = RunState::Interrupted,
        End::Failed(failure) => {
            run.state = RunState::Failed;
            run.failure = Some(failure);
        }
    }
}

struct RunSink<'a> {
    studio: &'a Studio,
    run: &'a Run,
}

impl Sink for RunSink<'_> {
    fn delta(&self, offset: usize, text: &str, first_token_ms: u32) {
        let event = Event::RunDelta {
            run_id: self.run.id,
            offset: offset as u64,
            text: text.to_owned(),
            first_token_ms,
        };
        self.studio.shared.hub.publish(self.run.prompt_id, event);
    }

    fn begins_anew(&self) {
        let event = Event::Run(Box::new(self.run.clone()));
        self.studio.shared.hub.publish(self.run.prompt_id, event);
    }

    fn waits(&self, waiting: Option<Waiting>) {
        let event = Event::RunWaiting { run_id: self.run.id, waiting };
        self.studio.shared.hub.publish(self.run.prompt_id, event);
    }

    async fn keep(&self, Arrived { text, first_token_ms, .. }: Arrived) -> bool {
        let kept = self.studio.shared.store.save_run_progress(self.run.id, &text, first_token_ms);
        kept.await
            .inspect_err(|error| tracing::warn!(%error, "partial output could not be saved"))
            .is_ok()
    }
}
