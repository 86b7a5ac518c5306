//! Runs: from start to end, and the ones to compare with.

use std::collections::HashSet;

use align::model::{Failure, FailureKind, FinishReason, Usage};
use align::record::{PromptId, Run, RunId, RunPurpose, RunState};
use store::{NewRun, Noun, StoreError};

use crate::fixture::{Fixture, new_run};

#[tokio::test]
async fn a_run_is_kept_from_start_to_end() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.run(id, 1).await;
    assert_eq!(run.state, RunState::Running);
    assert_eq!(store.run(run.id).await.unwrap().as_ref(), Some(&run));

    store.save_run_progress(run.id, "Cut", "Hm.", Some(12)).await.unwrap();
    let stored = store.run(run.id).await.unwrap().unwrap();
    assert_eq!((stored.output.as_str(), stored.first_token_ms), ("Cut", Some(12)));
    assert_eq!(stored.thoughts, "Hm.");

    for state in [RunState::Done, RunState::Stopped, RunState::Failed, RunState::Interrupted] {
        let run = Run {
            state,
            output: "Cut paper\0🙂".into(),
            instructions_moved: true,
            thoughts: "Paper can be\0cut.".into(),
            finish: Some(FinishReason::Length),
            usage: Some(Usage { input_tokens: 1, output_tokens: 2, thought_tokens: 3 }),
            failure: Some(failure()),
            first_token_ms: Some(12),
            duration_ms: Some(u32::MAX),
            ..fixture.run(id, 1).await
        };
        store.finish_run(&run).await.unwrap();
        assert_eq!(store.run(run.id).await.unwrap(), Some(run));
    }
}

fn failure() -> Failure {
    Failure {
        kind: FailureKind::RateLimit,
        message: "Gemini answered 429: quota used up.".into(),
        hint: "Try again in 32 s.".into(),
        retry_after_ms: Some(32_000),
    }
}

#[tokio::test]
async fn an_ended_run_does_not_change_any_more() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.done(id, 1, "all of it").await;
    fixture.store.save_run_progress(run.id, "late", "late", None).await.unwrap();
    let late = Run { state: RunState::Failed, ..run.clone() };
    let error = fixture.store.finish_run(&late).await.unwrap_err();
    assert!(matches!(error, StoreError::NotEditable { noun: Noun::Run(RunId(1)) }));
    assert_eq!(fixture.store.run(run.id).await.unwrap(), Some(run.clone()));

    let error = fixture.store.finish_run(&Run { id: RunId(9), ..run }).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { noun: Noun::Run(RunId(9)) }));
}

#[tokio::test]
async fn a_run_names_a_version_that_exists() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let error = fixture.store.insert_run(new_run(id, 2)).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { noun: Noun::Version(PromptId(1), 2) }));
    assert_eq!(fixture.store.newest_run(id).await.unwrap(), None);
}

/// Runs that start at once share a statement; each is told of its own row, and only those fail that
/// name what does not exist.
#[tokio::test]
async fn runs_that_start_at_once() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let mut new = Vec::new();
    for number in 0..150 {
        let id = fixture.prompt(&format!("Prompt {number}"), "one", &[]).await.id;
        // Every fiftieth names a version that does not exist.
        new.push(new_run(id, if number % 50 == 49 { 2 } else { 1 }));
    }
    new.push(new_run(PromptId(999), 1));
    let inserts: Vec<_> = new
        .iter()
        .map(|new| {
            let (store, new) = (store.clone(), new.clone());
            tokio::spawn(async move { store.insert_run(new).await })
        })
        .collect();
    let mut ids = HashSet::new();
    for (new, insert) in new.iter().zip(inserts) {
        let noun = match new {
            NewRun { prompt_id, .. } if *prompt_id == PromptId(999) => Noun::Prompt(*prompt_id),
            NewRun { prompt_id, version, .. } => Noun::Version(*prompt_id, *version),
        };
        match insert.await.unwrap() {
            Ok(run) => {
                assert_eq!(run.prompt_id, new.prompt_id);
                assert_eq!(store.run(run.id).await.unwrap().as_ref(), Some(&run));
                assert!(ids.insert(run.id.0), "two runs have the number {}", run.id.0);
            }
            Err(StoreError::NotFound { noun: missing }) => assert_eq!(missing, noun),
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(ids.len(), 147);
    // The next one is not held up by those that failed.
    store.insert_run(new_run(PromptId(1), 1)).await.unwrap();
}

#[tokio::test]
async fn the_newest_run_and_the_one_before() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    fixture.save(id, "two").await;
    fixture.save(id, "three").await;
    let other = fixture.prompt("Other", "one", &[]).await.id;
    let first = fixture.done(id, 1, "first").await;
    let second = fixture.done(id, 2, "second").await;
    fixture.done(id, 2, "").await;
    fixture.done(other, 1, "other").await;
    fixture.done(id, 3, "third").await;
    let last = fixture.run(id, 3).await;

    assert_eq!(store.newest_run(id).await.unwrap().unwrap().id, last.id);
    let before = store.run_before(id, last.id, 3).await.unwrap().unwrap();
    assert_eq!((before.id, before.output.as_str()), (second.id, "second"));
    let before = store.run_before(id, second.id, 2).await.unwrap().unwrap();
    assert_eq!(before.id, first.id);
    assert_eq!(store.run_before(id, last.id, 1).await.unwrap(), None);
}

/// The workbench shows what a person ran there, whatever else runs.
#[tokio::test]
async fn the_workbench_shows_interactive_runs_only() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    fixture.save(id, "two").await;
    let first = fixture.done(id, 1, "first").await;
    let hidden = fixture.done(id, 1, "of another purpose").await;
    let shown = fixture.done(id, 2, "shown").await;
    let newest = fixture.done(id, 2, "of another purpose").await;
    crate::opening::sql(
        fixture.folder.path(),
        "UPDATE runs SET purpose = 'other' WHERE id IN (2, 4)",
    )
    .await;
    assert_eq!((hidden.id, newest.id), (RunId(2), RunId(4)));
    assert_eq!(store.newest_run(id).await.unwrap().unwrap().id, shown.id);
    let before = store.run_before(id, shown.id, 2).await.unwrap().unwrap();
    assert_eq!((before.id, before.purpose), (first.id, RunPurpose::Interactive));
}
