//! Feedback kept beside a run.

use align::record::{FeedbackId, RunId};
use align::{Feedback, Span};
use store::{NewDraft, Noun, StoreError};

use crate::fixture::{ANN, Fixture, NOW, accept, new_draft, proposing};

#[tokio::test]
async fn feedback_is_added_changed_and_removed() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.done(id, 1, "Cut paper").await.id;
    let span = Span { exact: "paper".into(), prefix: "Cut ".into(), suffix: String::new() };
    let spanned = Feedback { text: "Which paper?".into(), span: Some(span) };
    let first = store.add_feedback(run, ANN, &spanned, NOW).await.unwrap();
    assert_eq!((&first.feedback, first.run_id, first.created_at), (&spanned, run, NOW));
    let second = fixture.feedback(run, "Shorter").await;

    let changed = store.change_feedback(second, "Shorter", "Much shorter").await.unwrap();
    assert_eq!(changed.feedback, Feedback::whole("Much shorter"));
    let late = store.change_feedback(second, "Shorter", "Longer").await.unwrap_err();
    assert!(matches!(late, StoreError::Reworded), "{late:?}");
    let again = store.change_feedback(second, "Shorter", "Much shorter").await.unwrap();
    assert_eq!(again, changed, "saved twice");
    assert_eq!(store.open_feedback(run).await.unwrap(), [first.clone(), changed]);

    assert_eq!(store.remove_feedback(first.id).await.unwrap(), Some(run));
    assert_eq!(store.remove_feedback(first.id).await.unwrap(), None);
    assert_eq!(store.open_feedback(run).await.unwrap().len(), 1);
    let error = store.change_feedback(first.id, "Which paper?", "x").await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { noun: Noun::Feedback(FeedbackId(1)) }));
    let error = store.add_feedback(RunId(9), ANN, &spanned, NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { noun: Noun::Run(RunId(9)) }));
}

#[tokio::test]
async fn an_accepted_draft_takes_up_the_pieces_it_answers() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.done(id, 1, "Cut paper").await.id;
    let taken = fixture.feedback(run, "Shorter").await;
    let removed = fixture.feedback(run, "Removed meanwhile").await;
    let kept = fixture.feedback(run, "Later").await;
    let pieces = vec![taken, removed, FeedbackId(99), taken];
    let feedback = ["Shorter", "Removed meanwhile"].map(Feedback::whole).to_vec();
    let new = NewDraft { run_id: Some(run), pieces, feedback, ..new_draft(id, 1) };
    let draft = proposing(fixture.asked(&new).await, "two");
    store.finish_draft(&draft).await.unwrap();
    assert_eq!(store.remove_feedback(removed).await.unwrap(), Some(run));

    let accepted = store.accept_draft(accept(&draft)).await.unwrap();

    assert_eq!(accepted.taken_up, [taken]);
    let open = store.open_feedback(run).await.unwrap();
    assert_eq!(open.iter().map(|piece| piece.id).collect::<Vec<_>>(), [kept]);
    let error = store.change_feedback(taken, "Shorter", "x").await.unwrap_err();
    assert!(matches!(error, StoreError::NotEditable { noun: Noun::Feedback(FeedbackId(1)) }));
    assert_eq!(store.remove_feedback(taken).await.unwrap(), None);
}
