//! Runs: streaming, stopping, failing, crashing.

use std::time::Duration;

use align::model::{FailureKind, FinishReason, ModelRef};
use align::record::{Event, PromptModels, RunState};
use align::{Prompt, Values};
use futures_util::StreamExt;
use models::testing::Script;
use models::{Cause, Parameter};
use service::{ServiceError, StartRun};

use crate::bench::{Bench, PromptEvent, TEXT, failure_kind, run_ended, scissors, streamed, until};

const PAUSE: Duration = Duration::from_millis(20);

#[tokio::test]
async fn a_run_streams_and_is_kept() {
    let bench = Bench::new([Script::words("One two three four", PAUSE)]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let started = bench.run(TEXT).await.unwrap();
    assert_eq!((started.version.summary.number, started.run.state), (1, RunState::Running));
    let events = until(events, run_ended).await;
    assert_eq!(streamed(&events, 0), "One two three four");
    let run = bench.studio.run(started.run.id).await.unwrap();
    assert_eq!((run.state, run.finish), (RunState::Done, Some(FinishReason::Stop)));
    assert_eq!(run.output, "One two three four");
    assert!(run.first_token_ms.is_some() && run.duration_ms.is_some());
    let sent = &bench.model.calls()[0].conversation.messages[0].text;
    assert_eq!(sent, "Give three uses for: scissors");
}

#[tokio::test]
async fn null_characters_of_a_model_become_visible() {
    let bench = Bench::new([Script::empty().then("a\0").then("\0b\0\0c").done()]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let run = bench.run(TEXT).await.unwrap().run;
    let events = until(events, run_ended).await;
    let expected = "a\u{FFFD}\u{FFFD}b\u{FFFD}\u{FFFD}c";
    assert_eq!(streamed(&events, 0), expected);
    assert_eq!(bench.studio.run(run.id).await.unwrap().output, expected);
}

#[tokio::test]
async fn text_that_was_a_thought_is_taken_back() {
    let script = Script::empty().then("Hm.").pause(PAUSE).then(" What now?").pause(PAUSE);
    let bench = Bench::new([script.text_was_thought().then("Hi.").done()]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let run = bench.run(TEXT).await.unwrap().run;
    let events = until(events, run_ended).await;
    let taken_back = events
        .iter()
        .rposition(|it| matches!(&it.event, Event::Run(run) if run.state == RunState::Running));
    let events = &events[taken_back.unwrap()..];
    assert_eq!(streamed(events, 0), "Hi.");
    let run = bench.studio.run(run.id).await.unwrap();
    assert_eq!((run.output.as_str(), run.thoughts.as_str()), ("Hi.", "Hm. What now?"));
}

#[tokio::test]
async fn thoughts_stream_and_are_kept_apart_from_the_output() {
    let script = Script::empty().thought("Let me").pause(PAUSE).thought(" th\0nk.").pause(PAUSE);
    let bench = Bench::new([script.then("Scissors.").done()]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let run = bench.run(TEXT).await.unwrap().run;
    let events = until(events, run_ended).await;
    assert_eq!(thought(&events), "Let me th\u{FFFD}nk.");
    assert_eq!(streamed(&events, 0), "Scissors.");
    let run = bench.studio.run(run.id).await.unwrap();
    assert_eq!((run.output.as_str(), run.thoughts), ("Scissors.", thought(&events)));
}

#[tokio::test]
async fn a_run_says_where_the_system_instructions_went() {
    let refused =
        Cause::Refused { parameter: Parameter::SystemInstructions, status: Some(400), said: None };
    let bench = Bench::new([Script::error(refused), Script::text("ok"), Script::text("ok")]).await;
    let with = Prompt { system_instructions: "Be brief.".into(), ..Prompt::new("Hello.") };
    for (prompt, moved) in [(with, true), (Prompt::new("Hello."), false)] {
        let start = StartRun {
            prompt_id: bench.prompt,
            prompt,
            base: None,
            values: Values::new(),
            models: bench.models(),
        };
        let run = bench.studio.start_run(start).await.unwrap().run;
        assert_eq!(bench.ended_run(run.id).await.instructions_moved, moved);
    }
    assert_eq!(bench.model.calls()[1].conversation.messages[0].text, "Be brief.\n\nHello.");
}

#[tokio::test]
async fn a_page_that_comes_late_finds_the_thoughts_so_far() {
    let bench = Bench::new([Script::empty().thought("Let me think.").hang()]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let run = bench.run(TEXT).await.unwrap().run;
    until(events, |event| matches!(event, Event::RunThought { .. })).await;
    let shown = bench.studio.workbench(bench.prompt).await.unwrap().run.unwrap();
    assert_eq!((shown.state, shown.thoughts.as_str()), (RunState::Running, "Let me think."));
    bench.studio.stop_run(run.id).await.unwrap();
    assert_eq!(bench.ended_run(run.id).await.thoughts, "Let me think.");
}

/// The thoughts that deltas add up to; each must begin where the last one ended.
fn thought(events: &[PromptEvent]) -> String {
    let mut thoughts = String::new();
    for event in events {
        if let Event::RunThought { offset, text, .. } = &event.event {
            assert_eq!(usize::try_from(*offset).unwrap(), thoughts.len());
            thoughts.push_str(text);
        }
    }
    thoughts
}

#[tokio::test]
async fn everyone_sees_the_same_and_a_late_page_gets_what_it_missed() {
    let bench = Bench::new([Script::words("a b c d e f g h", PAUSE)]).await;
    let first = bench.studio.subscribe(bench.prompt, None).unwrap();
    let run = bench.run(TEXT).await.unwrap().run;
    let seen: Vec<_> = first.take(4).map(|event| PromptEvent::read(&event)).collect().await;
    let cursor = seen.last().unwrap().id;
    let already = streamed(&seen, 0);
    let rest = until(bench.studio.subscribe(bench.prompt, Some(cursor)).unwrap(), run_ended).await;
    assert_eq!(already.clone() + &streamed(&rest, already.len()), "a b c d e f g h");
    // After the end, the whole stream is still there for a page that asks for it.
    let whole =
        until(bench.studio.subscribe(bench.prompt, Some(seen[0].id)).unwrap(), run_ended).await;
    assert_eq!(streamed(&whole, 0), bench.ended_run(run.id).await.output);
}

#[tokio::test]
async fn typed_text_becomes_a_version_before_it_runs() {
    let bench = Bench::new([Script::text("ok"), Script::text("ok")]).await;
    let started = bench.run("Name one use for: {item}").await.unwrap();
    assert_eq!(started.version.summary.number, 2);
    assert_eq!(started.version.summary.note, "Saved by Run");
    let again = bench.run("Name one use for: {item}").await.unwrap();
    assert_eq!(again.version.summary.number, 2, "equal text makes no version");
}

#[tokio::test]
async fn nothing_is_saved_or_called_when_a_value_is_missing() {
    let bench = Bench::new([]).await;
    let start = StartRun {
        prompt_id: bench.prompt,
        prompt: Prompt::new("Compare {a} with {item}"),
        base: Some(1),
        values: scissors(),
        models: bench.models(),
    };
    let error = bench.studio.start_run(start).await.unwrap_err();
    assert!(
        matches!(&error, ServiceError::Invalid { message, .. } if message.contains('a')),
        "{error}"
    );
    assert!(matches!(bench.run("  ").await, Err(ServiceError::Invalid { .. })));
    assert_eq!(bench.numbers().await, [1]);
    assert!(bench.model.calls().is_empty());
}

#[tokio::test]
async fn stop_keeps_what_has_arrived() {
    let bench = Bench::new([Script::endless("more ", PAUSE)]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let run = bench.run(TEXT).await.unwrap().run;
    until(events, |event| matches!(event, Event::RunDelta { .. })).await;
    bench.studio.stop_run(run.id).await.unwrap();
    let ended = bench.ended_run(run.id).await;
    assert_eq!(ended.state, RunState::Stopped);
    assert!(ended.output.starts_with("more "));
    bench.studio.stop_run(run.id).await.expect("stopping twice is no failure");
}

#[tokio::test]
async fn a_failure_keeps_the_beginning_and_its_kind() {
    let cut = Script::empty().then("Half an ans").fail(Cause::CutShort);
    let bench = Bench::new([cut]).await;
    let run = bench.run(TEXT).await.unwrap().run;
    let ended = bench.ended_run(run.id).await;
    assert_eq!(
        (ended.state, failure_kind(&ended)),
        (RunState::Failed, Some(FailureKind::CutShort))
    );
    assert_eq!(ended.output, "Half an ans");
}

#[tokio::test]
async fn a_model_that_is_not_connected_is_a_failed_run_not_a_lost_one() {
    let bench = Bench::new([]).await;
    let models =
        PromptModels { model: Some(ModelRef::new("nobody", "x")), ..PromptModels::default() };
    let start = StartRun {
        prompt_id: bench.prompt,
        prompt: Prompt::new("Say hello"),
        base: Some(1),
        values: Values::new(),
        models,
    };
    let run = bench.studio.start_run(start).await.unwrap().run;
    let ended = bench.ended_run(run.id).await;
    assert_eq!(failure_kind(&ended), Some(FailureKind::NotConnected));
}

#[tokio::test]
async fn the_end_of_the_server_keeps_partial_output() {
    let bench = Bench::new([Script::endless("more ", PAUSE)]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let run = bench.run(TEXT).await.unwrap().run;
    until(events, |event| matches!(event, Event::RunDelta { .. })).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    bench.server.shutdown(Duration::from_secs(2)).await;
    let events = until(events, run_ended).await;
    let Some(Event::Run(ended)) = events.last().map(|event| &event.event) else { panic!() };
    assert_eq!((ended.id, ended.state), (run.id, RunState::Interrupted));
    assert!(ended.output.starts_with("more "));
}

#[tokio::test]
async fn many_runs_at_once_all_end() {
    let scripts = (0..40).map(|_| Script::words("a b c d", Duration::from_millis(5)));
    let bench = Bench::new(scripts).await;
    let mut ids = Vec::new();
    for _ in 0..40 {
        ids.push(bench.run(TEXT).await.unwrap().run.id);
    }
    for id in ids {
        assert_eq!(bench.ended_run(id).await.output, "a b c d");
    }
}
