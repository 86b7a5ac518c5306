//! What the store says and keeps when SQLite cannot write, and that commits are synced.

use std::time::Duration;

use align::Prompt;
use align::record::PromptId;
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;

use super::connection;
use crate::{NewPrompt, Obstacle, Store, StoreError};

async fn store() -> (TempDir, Store, PromptId) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let id = create(&store, "first").await.unwrap();
    (folder, store, id)
}

async fn create(store: &Store, text: &str) -> Result<PromptId, StoreError> {
    let new = NewPrompt {
        title: "Title".into(),
        tags: vec!["tag".into()],
        author: "ann".into(),
        prompt: Some(Prompt::new(text)),
        note: String::new(),
        now: 1,
    };
    store.create_prompt(new).await.map(|head| head.id)
}

fn obstacle(error: &StoreError) -> Option<Obstacle> {
    match error {
        StoreError::Unavailable { obstacle, .. } => Some(*obstacle),
        _ => None,
    }
}

async fn set(store: &Store, pragma: &'static str) {
    sqlx::query(pragma).fetch_optional(store.database().writer()).await.unwrap();
}

/// The failed write is undone, reading goes on, and writing works once the trouble is over.
async fn check(store: &Store, id: PromptId, text: &str, cure: &'static str) {
    for _ in 0..3 {
        let error = create(store, text).await.unwrap_err();
        assert_eq!(obstacle(&error), Some(Obstacle::ReadOnly), "{error:?}");
        assert_eq!(store.newest_version(id).await.unwrap().unwrap().prompt.text, "first");
    }
    set(store, cure).await;
    let next = create(store, text).await.unwrap();
    assert_eq!(next, PromptId(id.0 + 1), "nothing of the failed writes is left");
}

#[tokio::test]
async fn a_read_only_file_is_unavailable() {
    let (_folder, store, id) = store().await;
    set(&store, "PRAGMA query_only = ON").await;
    check(&store, id, "second", "PRAGMA query_only = OFF").await;
}

#[tokio::test]
async fn a_locked_file_is_unavailable() {
    let (folder, store, id) = store().await;
    set(&store, "PRAGMA busy_timeout = 20").await;
    let file = folder.path().join("attune.sqlite3");
    let mut other = SqliteConnection::connect_with(&connection::options(&file)).await.unwrap();
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let error = create(&store, "second").await.unwrap_err();
    assert_eq!(obstacle(&error), Some(Obstacle::Locked), "{error:?}");
    lock.rollback().await.unwrap();
    assert_eq!(create(&store, "second").await.unwrap(), PromptId(id.0 + 1));
}

/// SQLite ends the transaction by itself then; the connection must not stay inside it.
#[tokio::test]
async fn a_full_disk_is_unavailable_until_there_is_room() {
    let (_folder, store, id) = store().await;
    let large = "large ".repeat(100_000);
    for _ in 0..3 {
        set(&store, "PRAGMA max_page_count = 60").await;
        let error = create(&store, &large).await.unwrap_err();
        assert_eq!(obstacle(&error), Some(Obstacle::Full), "{error:?}");
    }
    assert_eq!(store.newest_version(id).await.unwrap().unwrap().prompt.text, "first");
    set(&store, "PRAGMA max_page_count = 1000000").await;
    assert_eq!(create(&store, &large).await.unwrap(), PromptId(id.0 + 1));
}

#[tokio::test]
async fn every_commit_is_synced() {
    let (_folder, store, _) = store().await;
    assert_eq!(store.sync_mode().await.unwrap(), "wal, synchronous FULL");
}

#[tokio::test]
async fn readers_do_not_wait_for_the_writer() {
    let (_folder, store, id) = store().await;
    let _write = store.write().await.unwrap();
    let read = tokio::time::timeout(Duration::from_secs(2), store.newest_version(id));
    assert!(read.await.unwrap().unwrap().is_some());
}
