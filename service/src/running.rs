//! The task of a run: from the call of the model to the row that says how it ended.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use align::Rendered;
use align::model::{Conversation, Failure, FailureKind, Message};
use align::record::{Event, Run, RunState};
use futures_util::FutureExt;

use crate::Studio;
use crate::clock::elapsed_ms;
use crate::streaming::{Answer, End, Sink, follow, our_fault};
use crate::tasks::{Stops, Work};

/// How often the end of a run is written before giving up, and the pause between.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(500);

/// Answers a run and writes down how it ended, whatever happens in between.
pub(crate) async fn answer(studio: Studio, run: Run, rendered: Rendered, stops: Stops) {
    let started = Instant::now();
    let mut sink = RunSink { studio: &studio, run: &run };
    let model = &run.model;
    let conversation = Conversation {
        system_instructions: rendered.system_instructions,
        messages: vec![Message::user(rendered.text)],
    };
    let call = studio.shared.models.stream(model, conversation, run.settings.clone());
    let answered = AssertUnwindSafe(follow(call, started, &stops, &mut sink)).catch_unwind().await;
    let mut ended = Run { duration_ms: Some(elapsed_ms(started)), ..run.clone() };
    if let Ok(answer) = answered {
        end(&mut ended, answer);
    } else {
        // What was kept on the way is all there is; the row has it.
        ended.output = studio.run(run.id).await.map(|run| run.output).unwrap_or_default();
        ended.state = RunState::Failed;
        ended.failure = Some(our_fault());
    }
    tracing::debug!(%model, state = ?ended.state, duration_ms = ended.duration_ms, "a run ended");
    finish(&studio, ended).await;
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

/// Writes the end down, then tells everyone. A store that does not take it is asked again; if it never
/// does, people at least see the output and why it is not kept.
async fn finish(studio: &Studio, mut run: Run) {
    for attempt in 1..=TRIES {
        match studio.shared.store.finish_run(&run).await {
            Ok(()) => break,
            Err(error) if attempt == TRIES => {
                tracing::error!(%error, "the end of a run could not be saved");
                run.state = RunState::Failed;
                run.failure = Some(not_kept());
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
    studio.shared.hub.publish(run.prompt_id, Event::Run(Box::new(run)));
}

fn not_kept() -> Failure {
    Failure {
        kind: FailureKind::Provider,
        message: "The output arrived but could not be saved: the disk may be full.".to_owned(),
        hint: "Copy the output now; free some space and run again.".to_owned(),
        retry_after_ms: None,
    }
}

struct RunSink<'a> {
    studio: &'a Studio,
    run: &'a Run,
}

impl Sink for RunSink<'_> {
    fn delta(&mut self, offset: usize, text: &str, first_token_ms: u32) {
        let event = Event::RunDelta {
            run_id: self.run.id,
            offset: offset as u64,
            text: text.to_owned(),
            first_token_ms,
        };
        self.studio.shared.hub.publish(self.run.prompt_id, event);
    }

    async fn keep(&mut self, text: &str, first_token_ms: Option<u32>) {
        let kept = self.studio.shared.store.save_run_progress(self.run.id, text, first_token_ms);
        if let Err(error) = kept.await {
            tracing::warn!(%error, "partial output could not be saved; it is tried again");
        }
    }
}
