//! Opening, closing, and what a file says about itself.

use std::path::Path;

use align::record::{DraftId, DraftState, PromptId, RunId};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Row};
use store::{Store, StoreError};

use crate::fixture::{Fixture, accept};

/// Runs statements on the file as another program would.
pub(crate) async fn sql(folder: &Path, statements: &'static str) {
    let mut connection = connect(folder).await;
    sqlx::raw_sql(statements).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn connect(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.join("attune.sqlite3"));
    SqliteConnection::connect_with(&options.foreign_keys(false)).await.unwrap()
}

#[tokio::test]
async fn keeps_everything_over_a_restart() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "Give uses for {item}", &["Ideas"]).await.id;
    let run = fixture.done(id, 1, "1. Cut paper").await;
    fixture.feedback(run.id, "Shorter").await;
    let draft = fixture.ready(id, 1, "Give three uses for {item}").await;
    let before = everything(&fixture.store, id, run.id, draft.id).await;

    let fixture = fixture.reopened().await;

    assert_eq!(everything(&fixture.store, id, run.id, draft.id).await, before);
    assert_eq!(fixture.found("ideas").await, ["Uses"]);
}

async fn everything(store: &Store, id: PromptId, run: RunId, draft: DraftId) -> String {
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        store.prompt(id).await.unwrap().unwrap(),
        store.newest_version(id).await.unwrap().unwrap(),
        store.run(run).await.unwrap().unwrap(),
        store.open_feedback(run).await.unwrap(),
        store.draft(draft).await.unwrap().unwrap(),
    )
}

/// A crash leaves the files as they are at some moment after the last acknowledged write.
#[tokio::test]
async fn keeps_what_was_acknowledged_before_a_crash() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let draft = fixture.ready(id, 1, "two").await;
    fixture.store.accept_draft(accept(&draft)).await.unwrap();
    let crashed = tempfile::tempdir().unwrap();
    for name in ["attune.sqlite3", "attune.sqlite3-wal"] {
        std::fs::copy(fixture.folder.path().join(name), crashed.path().join(name)).unwrap();
    }
    let store = Store::open(crashed.path()).await.unwrap();
    assert_eq!(store.newest_version(id).await.unwrap(), Some(fixture.newest(id).await));
    let draft = store.draft(draft.id).await.unwrap().unwrap();
    assert_eq!(draft.state, DraftState::Accepted { version: 2 });
}

#[tokio::test]
async fn a_second_opener_is_refused_until_the_first_closes() {
    let fixture = Fixture::new().await;
    let error = Store::open(fixture.folder.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::InUse { folder } if folder == fixture.folder.path()));

    fixture.store.close().await.unwrap();
    let second = Store::open(fixture.folder.path()).await.unwrap();
    second.ping().await.unwrap();
    assert!(matches!(fixture.store.ping().await, Err(StoreError::Unavailable { .. })));
}

#[tokio::test]
async fn closing_leaves_one_complete_file() {
    let fixture = Fixture::new().await;
    fixture.prompt("Uses", "Give uses", &[]).await;
    fixture.store.close().await.unwrap();
    assert!(!fixture.folder.path().join("attune.sqlite3-wal").exists());
    let mut connection = connect(fixture.folder.path()).await;
    let row = sqlx::query("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    assert_eq!(row.get::<String, _>(0), "ok");
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let fixture = Fixture::new().await;
    fixture.store.close().await.unwrap();
    sql(
        fixture.folder.path(),
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9000, 'from the future', TRUE, x'00', 0)",
    )
    .await;
    let error = Store::open(fixture.folder.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::NewerSchema { version: 9000 }), "{error:?}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_reported_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("attune.sqlite3");
    let contents = "This is a shopping list, not a database. ".repeat(100);
    std::fs::write(&file, &contents).unwrap();
    let error = Store::open(folder.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), contents);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let error = Store::open(&folder.path().join("file/inside")).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn files_are_private() {
    use std::os::unix::fs::PermissionsExt;

    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("a/b");
    let store = Store::open(&folder).await.unwrap();
    store.ping().await.unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for name in ["attune.sqlite3", "attune.sqlite3-wal", "attune.sqlite3-shm", "attune.lock"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
}

/// A call that is dropped in the middle leaves nothing behind and the writer usable.
#[tokio::test]
async fn dropped_calls_do_no_harm() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "0", &[]).await.id;
    for micros in 0..200 {
        let save = fixture.save(id, "dropped");
        let _ = tokio::time::timeout(std::time::Duration::from_micros(micros * 5), save).await;
    }
    let before = fixture.newest(id).await.summary.number;
    assert!(fixture.save(id, "kept").await.is_new);
    assert_eq!(fixture.newest(id).await.summary.number, before + 1);
}
