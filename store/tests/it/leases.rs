//! Leases: a server ends what others left unfinished, and nothing that somebody works on.

use align::guidelines::Tone;
use align::record::{
    ConsultationId, ConsultationState, DraftState, PromptId, Question, RunId, RunState, Timestamp,
};
use store::{Interrupted, NewConsultation, Store};

use crate::fixture::{ANN, Fixture, NOW};
use crate::opening::sql;

/// A run, a draft and a consultation that go on.
struct Unfinished {
    prompt: PromptId,
    all: Interrupted,
}

async fn unfinished(fixture: &Fixture) -> Unfinished {
    let prompt = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.run(prompt, 1).await;
    let draft = fixture.draft(prompt, 1).await;
    let new = NewConsultation {
        prompt_id: prompt,
        run_id: run.id,
        author: ANN.into(),
        model: run.model,
        question: Question::Suggest { tone: Tone::Kudos },
        again: None,
        now: NOW,
    };
    let consultation = fixture.store.insert_consultation(new).await.unwrap().consultation;
    let all = Interrupted {
        runs: vec![(prompt, run.id)],
        drafts: vec![(prompt, draft.id)],
        consultations: vec![(prompt, consultation.id)],
    };
    Unfinished { prompt, all }
}

/// Makes what is unfinished the work of another server over the same database.
async fn taken_over(fixture: &Fixture) {
    sql(
        fixture.folder.path(),
        "UPDATE runs SET owner = 'other'; UPDATE drafts SET owner = 'other';
        UPDATE consultations SET owner = 'other'",
    )
    .await;
}

fn end() -> Timestamp {
    NOW + i64::try_from(Store::LEASE.as_millis()).unwrap()
}

#[tokio::test]
async fn work_of_another_server_is_ended_when_its_lease_has_run_out() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let Unfinished { all, .. } = unfinished(&fixture).await;
    taken_over(&fixture).await;
    assert!(store.interrupt_unfinished(end() - 1).await.unwrap().is_empty());
    assert!(store.interrupt_own(end()).await.unwrap().is_empty(), "it is not its own");
    store.renew_leases(end()).await.unwrap();
    assert_eq!(store.interrupt_unfinished(end()).await.unwrap(), all, "nor renewed by this one");
    let run = store.run(RunId(1)).await.unwrap().unwrap();
    assert_eq!(run.state, RunState::Interrupted);
    let consultation = store.consultation(ConsultationId(1)).await.unwrap().unwrap();
    assert_eq!(consultation.state, ConsultationState::Interrupted);
}

/// The leases of a machine that slept have run out, and its work goes on.
#[tokio::test]
async fn own_work_is_ended_only_at_the_end() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let Unfinished { all, .. } = unfinished(&fixture).await;
    assert!(store.interrupt_unfinished(end() * 2).await.unwrap().is_empty());
    assert_eq!(store.interrupt_own(NOW).await.unwrap(), all);
    assert!(store.interrupt_own(NOW).await.unwrap().is_empty());
}

#[tokio::test]
async fn renewed_leases_last() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let Unfinished { all, .. } = unfinished(&fixture).await;
    store.renew_leases(NOW + 1_000).await.unwrap();
    taken_over(&fixture).await;
    assert!(store.interrupt_unfinished(end() + 999).await.unwrap().is_empty());
    assert_eq!(store.interrupt_unfinished(end() + 1_000).await.unwrap(), all);
}

/// What has ended has no lease that could run out.
#[tokio::test]
async fn what_has_ended_stays_as_it_is() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let Unfinished { prompt, .. } = unfinished(&fixture).await;
    store.interrupt_own(NOW).await.unwrap();
    let done = fixture.done(prompt, 1, "done").await;
    let ready = fixture.ready(prompt, 1, "two").await;
    taken_over(&fixture).await;
    assert!(store.interrupt_unfinished(end() * 2).await.unwrap().is_empty());
    assert_eq!(store.run(done.id).await.unwrap().unwrap().state, RunState::Done);
    assert_eq!(store.draft(ready.id).await.unwrap().unwrap().state, DraftState::Ready);
}

#[tokio::test]
async fn a_start_after_a_crash_marks_what_was_unfinished() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.run(id, 1).await;
    fixture.store.save_run_progress(run.id, "partial", "", Some(7)).await.unwrap();
    let done = fixture.done(id, 1, "done").await;
    let draft = fixture.draft(id, 1).await;
    fixture.store.save_draft_progress(draft.id, 2, "<prompt>par").await.unwrap();
    let ready = fixture.ready(id, 1, "two").await;

    let fixture = fixture.reopened().await;
    let store = &fixture.store;
    let interrupted = store.interrupt_unfinished(NOW + 1).await.unwrap();
    let expected = Interrupted {
        runs: vec![(id, run.id)],
        drafts: vec![(id, draft.id)],
        consultations: Vec::new(),
    };
    assert_eq!(interrupted, expected, "the lock of the folder says that nobody else works on it");

    let run = store.run(run.id).await.unwrap().unwrap();
    assert_eq!((run.state, run.output.as_str()), (RunState::Interrupted, "partial"));
    assert_eq!((run.first_token_ms, run.duration_ms), (Some(7), None));
    let draft = store.draft(draft.id).await.unwrap().unwrap();
    assert_eq!((draft.state, draft.tries), (DraftState::Interrupted, 2));
    assert_eq!(draft.reply, "<prompt>par");
    assert_eq!(store.run(done.id).await.unwrap().unwrap().state, RunState::Done);
    assert_eq!(store.draft(ready.id).await.unwrap().unwrap().state, DraftState::Ready);
    assert!(store.interrupt_unfinished(NOW + 1).await.unwrap().is_empty());
}
