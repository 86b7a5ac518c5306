//! What people see while a run or draft waits, and that Stop ends a wait at once.

use std::time::{Duration, Instant};

use align::guidelines::Tone;
use align::model::ModelRef;
use align::record::{ConsultationState, Draft, DraftState, Event, Run, RunState, Waiting};
use futures_util::StreamExt;
use models::Retries;

use crate::bench::{PromptEvent, run_ended, until};
use crate::lab::Lab;

/// A first pause of half a minute.
const LONG: Retries = Retries {
    tries: 4,
    limit: Duration::from_mins(1),
    pause: Duration::from_secs(30),
    jitter: || 1.0,
};

fn pauses(waiting: Option<&Waiting>) -> bool {
    let pause = 29_000..=30_000;
    matches!(waiting, Some(Waiting::Retry { next_try: 2, tries: 4, wait_ms, cause })
        if pause.contains(wait_ms) && cause.contains("answered 503: it is overloaded"))
}

fn place(run: &Run) -> Option<u32> {
    match &run.waiting {
        Some(Waiting::Turn { place, provider }) if provider == "Ollama" => Some(*place),
        _ => None,
    }
}

#[tokio::test]
async fn a_pause_is_in_the_events_and_in_the_snapshot_and_ends_with_stop() {
    let lab = Lab::new(LONG).await;
    let events = lab.studio.subscribe(lab.prompt, None).unwrap();
    let id = lab.run("anthropic/error-503").await;
    let is_pause = |event: &Event| match event {
        Event::RunWaiting { run_id, waiting } => *run_id == id && pauses(waiting.as_ref()),
        _ => false,
    };
    until(events, is_pause).await;
    let page = lab.studio.workbench(lab.prompt).await.unwrap();
    assert!(pauses(page.run.unwrap().waiting.as_ref()));

    let stopped = Instant::now();
    lab.studio.stop_run(id).await.unwrap();
    let run = lab.ended(id).await;
    assert_eq!((run.state, run.waiting, run.output.as_str()), (RunState::Stopped, None, ""));
    assert!(stopped.elapsed() < Duration::from_secs(2));
    assert_eq!(lab.requests("anthropic"), 1);
}

#[tokio::test]
async fn a_snapshot_says_what_is_left_of_the_pause() {
    let lab = Lab::new(LONG).await;
    let id = lab.run("openai/error-503").await;
    let wait_ms = |run: &Run| match run.waiting {
        Some(Waiting::Retry { wait_ms, .. }) => Some(wait_ms),
        _ => None,
    };
    let first = wait_ms(&lab.run_where(id, |run| run.waiting.is_some()).await).unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let later = wait_ms(&lab.studio.run(id).await.unwrap()).unwrap();
    assert!((first - 2_000..=first - 300).contains(&later), "{first} {later}");
    lab.studio.stop_run(id).await.unwrap();
}

#[tokio::test]
async fn a_wait_is_over_when_the_request_is_on_its_way() {
    let lab = Lab::new(Retries { pause: Duration::from_millis(20), ..LONG }).await;
    let events = lab.studio.subscribe(lab.prompt, None).unwrap();
    let id = lab.run("gemini/flaky-1-503").await;
    let seen: Vec<_> = until(events, run_ended).await.iter().filter_map(told).collect();
    assert_eq!(seen, ["waiting", "asking"]);
    assert_eq!(lab.ended(id).await.output, "Echo: Name a bird.");
}

fn told(event: &PromptEvent) -> Option<&'static str> {
    match &event.event {
        Event::RunWaiting { waiting: Some(_), .. } => Some("waiting"),
        Event::RunWaiting { waiting: None, .. } => Some("asking"),
        _ => None,
    }
}

#[tokio::test]
async fn a_draft_waits_like_a_run() {
    let lab = Lab::new(LONG).await;
    let events = lab.studio.subscribe(lab.prompt, None).unwrap();
    let draft = lab.draft("openai/error-503").await;
    let is_pause = |event: &Event| match event {
        Event::DraftWaiting { draft_id, waiting } => {
            *draft_id == draft.id && pauses(waiting.as_ref())
        }
        _ => false,
    };
    until(events, is_pause).await;
    lab.draft_where(|draft: &Draft| pauses(draft.waiting.as_ref())).await;
    lab.studio.stop_draft(draft.id).await.unwrap();
    let ended = lab.draft_where(|draft| draft.state == DraftState::Stopped).await;
    assert_eq!(ended.waiting, None);
}

#[tokio::test]
async fn a_consultation_waits_like_a_run() {
    let lab = Lab::new(LONG).await;
    let run = lab.run("openai/echo").await;
    lab.ended(run).await;
    let events = lab.studio.subscribe(lab.prompt, None).unwrap();
    let model = Some(ModelRef::new("openai", "error-503"));
    let asked = lab.studio.suggest(run, Tone::Kudos, model).await.unwrap();
    let is_pause = |event: &Event| match event {
        Event::ConsultationWaiting { consultation_id, waiting } => {
            *consultation_id == asked.id && pauses(waiting.as_ref())
        }
        _ => false,
    };
    until(events, is_pause).await;
    let page = lab.studio.workbench(lab.prompt).await.unwrap();
    assert!(pauses(page.consultations[0].waiting.as_ref()));
    let events = lab.studio.subscribe(lab.prompt, None).unwrap();
    lab.studio.stop_consultation(asked.id).await.unwrap();
    let is_stopped = |event: &Event| match event {
        Event::Consultation(it) => it.state == ConsultationState::Stopped && it.waiting.is_none(),
        _ => false,
    };
    until(events, is_stopped).await;
}

#[tokio::test]
async fn runs_of_a_busy_provider_stand_in_line() {
    let lab = Lab::new(LONG).await;
    let first = lab.run("ollama/slow").await;
    lab.run_where(first, |run| !run.output.is_empty()).await;
    let second = lab.run("ollama/echo").await;
    let third = lab.run("ollama/echo").await;
    lab.run_where(second, |run| place(run) == Some(1)).await;
    lab.run_where(third, |run| place(run) == Some(2)).await;

    // Whoever leaves the line frees a place for those behind.
    lab.studio.stop_run(second).await.unwrap();
    lab.run_where(third, |run| place(run) == Some(1)).await;
    assert_eq!(lab.ended(second).await.state, RunState::Stopped);

    lab.studio.stop_run(first).await.unwrap();
    assert_eq!(lab.ended(third).await.output, "Echo: Name a bird.");
    assert_eq!(lab.requests("ollama"), 2, "who left the line sent nothing");
}

#[tokio::test]
async fn the_end_of_the_server_ends_waits() {
    let lab = Lab::new(LONG).await;
    let id = lab.run("gemini/error-503").await;
    lab.run_where(id, |run| run.waiting.is_some()).await;
    let events = lab.studio.subscribe(lab.prompt, None).unwrap();
    lab.server.shutdown(Duration::from_secs(2)).await;
    let ended: Vec<_> = events.take(1).map(|event| PromptEvent::read(&event).event).collect().await;
    assert!(matches!(&ended[0], Event::Run(run) if run.state == RunState::Interrupted));
}
