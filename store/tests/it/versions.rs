//! Versions: numbers, origins, equal texts, pages of the history.

use std::collections::BTreeSet;

use align::Prompt;
use align::record::{Origin, PromptId};
use store::{NewVersion, StoreError};

use crate::fixture::{ANN, Fixture, NOW, typed};

#[tokio::test]
async fn a_version_is_read_as_it_was_saved() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let prompt = Prompt {
        system_instructions: "Système\r\n\0".into(),
        text: "\u{202e}{item} {x}\n".into(),
        plain_names: BTreeSet::from(["x".into()]),
    };
    let new = NewVersion {
        parent: Some(1),
        note: "a note".into(),
        prompt: prompt.clone(),
        ..typed(id, "")
    };
    let saved = fixture.store.save_version(new).await.unwrap();
    assert!(saved.is_new);
    assert_eq!((saved.version.summary.number, saved.version.summary.parent), (2, Some(1)));
    assert_eq!(saved.version.prompt, prompt);
    assert_eq!(fixture.store.version(id, 2).await.unwrap(), Some(saved.version.clone()));
    assert_eq!(fixture.newest(id).await, saved.version);
    assert_eq!(fixture.store.version(id, 3).await.unwrap(), None);
    assert_eq!(fixture.store.version(PromptId(9), 1).await.unwrap(), None);
}

#[tokio::test]
async fn an_equal_typed_text_makes_no_version() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let again = fixture.save(id, "one").await;
    assert!(!again.is_new);
    assert_eq!(again.version.summary.number, 1);
    assert!(fixture.save(id, "two").await.is_new);
    // Equal to an older one only: that is a change.
    assert_eq!(fixture.save(id, "one").await.version.summary.number, 3);

    let plain = Prompt { plain_names: BTreeSet::from(["x".into()]), ..Prompt::new("one") };
    let marked = NewVersion { prompt: plain, ..typed(id, "") };
    assert!(fixture.store.save_version(marked).await.unwrap().is_new);
}

#[tokio::test]
async fn restoring_always_makes_a_version() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let origin = Origin::Restored { from: 1 };
    let new = NewVersion { parent: Some(1), origin, ..typed(id, "one") };
    let restored = fixture.store.save_version(new).await.unwrap();
    assert!(restored.is_new);
    assert_eq!(fixture.newest(id).await.summary.origin, origin);
}

#[tokio::test]
async fn versions_point_at_earlier_ones_only() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let not_found = |error: &StoreError, expected: &str| matches!(error, StoreError::NotFound { noun } if noun.to_string() == expected);
    for parent in [0, 2, u32::MAX] {
        let new = NewVersion { parent: Some(parent), ..typed(id, "two") };
        let error = fixture.store.save_version(new).await.unwrap_err();
        assert!(not_found(&error, &format!("version {parent} of prompt {id}")), "{error:?}");
    }
    let new = NewVersion { origin: Origin::Restored { from: 7 }, ..typed(id, "two") };
    let error = fixture.store.save_version(new).await.unwrap_err();
    assert!(not_found(&error, "version 7 of prompt 1"), "{error:?}");
    let error = fixture.store.save_version(typed(PromptId(9), "x")).await.unwrap_err();
    assert!(not_found(&error, "prompt 9"), "{error:?}");
    assert_eq!(fixture.newest(id).await.summary.number, 1);
}

#[tokio::test]
async fn history_is_paged_newest_first() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "1", &[]).await.id;
    let other = fixture.prompt("Other", "1", &[]).await.id;
    for number in 2..=12 {
        fixture.save(id, &number.to_string()).await;
        fixture.save(other, &number.to_string()).await;
    }
    let numbers = async |before| {
        let page = fixture.store.versions(id, before, 5).await.unwrap();
        assert!(page.iter().all(|version| version.prompt_id == id && version.author == ANN));
        page.into_iter().map(|version| version.number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(None).await, [12, 11, 10, 9, 8]);
    assert_eq!(numbers(Some(8)).await, [7, 6, 5, 4, 3]);
    assert_eq!(numbers(Some(3)).await, [2, 1]);
    assert_eq!(numbers(Some(1)).await, Vec::<u32>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_writers_leave_no_gap() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "start", &[]).await.id;
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let store = fixture.store.clone();
            tokio::spawn(async move {
                let mut numbers = Vec::new();
                for turn in 0..25 {
                    let new = NewVersion { now: NOW, ..typed(id, &format!("{writer}/{turn}")) };
                    numbers.push(store.save_version(new).await.unwrap().version.summary.number);
                }
                numbers
            })
        })
        .collect();
    let mut numbers = vec![1];
    for writer in writers {
        let own = writer.await.unwrap();
        assert!(own.is_sorted(), "a writer's versions come in its order");
        numbers.extend(own);
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=201).collect::<Vec<_>>());
    let history = fixture.store.versions(id, None, 1_000).await.unwrap();
    assert_eq!(history.len(), 201);
}
