//! Versions: numbers, origins, equal texts, pages of the history.

use std::collections::BTreeSet;

use align::Prompt;
use align::record::{Origin, PromptId, WorkingCopy};
use store::{NewVersion, RestoreVersion, StoreError};

use crate::fixture::{ANN, Fixture, NOW, restore, seen, typed};

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
    let restored = fixture.store.restore_version(restore(id, 1)).await.unwrap();
    let summary = &restored.version.summary;
    assert_eq!((summary.number, summary.parent, &*restored.kept), (2, Some(1), &[][..]));
    assert_eq!(summary.origin, Origin::Restored { from: 1 });
    assert_eq!(fixture.newest(id).await, restored.version);
}

#[tokio::test]
async fn restoring_keeps_what_is_typed_here_and_on_another_page() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    fixture.save(id, "two").await;
    let prompt = Prompt::new("theirs");
    let copy = WorkingCopy { prompt, feedback: "Shorter.".into(), ..WorkingCopy::default() };
    store.save_working_copy(id, ANN, &copy, NOW).await.unwrap();
    let wish = RestoreVersion { seen: Some(seen("mine", 0)), ..restore(id, 1) };
    let restored = store.restore_version(wish).await.unwrap();
    let kept: Vec<_> = restored.kept.iter().map(|it| it.prompt.text.as_str()).collect();
    assert_eq!((kept, restored.version.summary.number), (vec!["theirs", "mine"], 5));
    assert_eq!(restored.kept[0].summary.note, "Unsaved edits kept before restoring");
    let copy = store.working_copy(id, ANN).await.unwrap().unwrap();
    assert_eq!((copy.prompt.text.as_str(), copy.base, copy.revision), ("one", Some(5), 2));
    assert_eq!(copy.feedback, "Shorter.");
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
    let error = fixture.store.restore_version(restore(id, 7)).await.unwrap_err();
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
