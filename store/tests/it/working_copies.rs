//! Working copies: never lost, never over a newer one.

use align::record::{Correction, GuidelineId, PromptId, Reworded, Rewording, RunId, WorkingCopy};
use align::{Feedback, Prompt};
use store::{Noun, StoreError};

use crate::fixture::{ANN, Fixture, NOW};

fn typed(text: &str, revision: u64) -> WorkingCopy {
    WorkingCopy {
        prompt: Prompt::new(text),
        base: Some(1),
        values: [("item".into(), "scissors".into())].into(),
        feedback: "Shorter".into(),
        comment: Some(Feedback::whole("Why?")),
        correction: Some(Correction { run_id: RunId(7), text: "1. A bell for a kite.".into() }),
        guideline: "Name uses for mak".into(),
        rewordings: vec![Rewording {
            of: Reworded::Guideline(GuidelineId(3)),
            before: "Be brief.".into(),
            text: "Be very br".into(),
        }],
        revision,
        updated_at: 0,
    }
}

#[tokio::test]
async fn what_is_typed_is_kept_per_author() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    assert_eq!(fixture.store.working_copy(id, ANN).await.unwrap(), None);
    assert_eq!(fixture.store.save_working_copy(id, ANN, &typed("a", 0), NOW).await.unwrap(), 1);
    assert_eq!(fixture.store.save_working_copy(id, ANN, &typed("b", 1), NOW).await.unwrap(), 2);

    let fixture = fixture.reopened().await;
    let copy = fixture.store.working_copy(id, ANN).await.unwrap().unwrap();
    assert_eq!(copy, WorkingCopy { updated_at: NOW, ..typed("b", 2) });
    assert_eq!(fixture.store.working_copy(id, "bob").await.unwrap(), None);
}

#[tokio::test]
async fn an_older_revision_does_not_overwrite() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let conflict = async |copy: WorkingCopy| match store
        .save_working_copy(id, ANN, &copy, NOW)
        .await
        .unwrap_err()
    {
        StoreError::WorkingCopyConflict { revision } => revision,
        error => panic!("{error:?}"),
    };
    assert_eq!(conflict(typed("never saved", 3)).await, 0);
    store.save_working_copy(id, ANN, &typed("a", 0), NOW).await.unwrap();
    assert_eq!(conflict(typed("from another page", 0)).await, 1);
    assert_eq!(conflict(typed("from the future", u64::MAX)).await, 1);
    assert_eq!(store.working_copy(id, ANN).await.unwrap().unwrap().prompt.text, "a");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_pages_at_once_one_is_told() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    for revision in 0..20 {
        let saves = ["a", "b"].map(|text| {
            let store = fixture.store.clone();
            let copy = typed(text, revision);
            tokio::spawn(async move { store.save_working_copy(id, ANN, &copy, NOW).await })
        });
        let mut saved = 0;
        for save in saves {
            match save.await.unwrap() {
                Ok(new) => {
                    assert_eq!(new, revision + 1);
                    saved += 1;
                }
                Err(StoreError::WorkingCopyConflict { revision: stored }) => {
                    assert_eq!(stored, revision + 1);
                }
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(saved, 1);
    }
}

#[tokio::test]
async fn it_belongs_to_a_prompt_and_a_version() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let error =
        store.save_working_copy(PromptId(9), ANN, &WorkingCopy::default(), NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { noun: Noun::Prompt(PromptId(9)) }));
    let copy = WorkingCopy { base: Some(7), ..typed("a", 0) };
    let error = store.save_working_copy(id, ANN, &copy, NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { noun: Noun::Version(PromptId(1), 7) }));
}
