//! The open store.

use std::path::Path;
use std::sync::Arc;

use sqlx::migrate::Migrator;
use sqlx::sqlite::SqlitePool;
use sqlx::{Sqlite, Transaction};

use crate::StoreError;
use crate::connection;
use crate::folder::Folder;
use crate::writer::{Extent, Write, Writer};

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!();

/// Everything Attune keeps, in one SQLite file. Clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    readers: SqlitePool,
    writer: SqlitePool,
    turns: Writer,
    /// Last, so that it is unlocked after the connections are gone.
    folder: Folder,
}

impl Store {
    /// Opens the store in `folder`: creates what is missing, brings the schema up to date, and
    /// keeps other servers out until it is closed or the process ends.
    ///
    /// Errors: [`StoreError::InUse`], [`StoreError::NewerSchema`], [`StoreError::Unavailable`],
    /// [`StoreError::Damaged`].
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        let folder = Folder::open(folder)?;
        let writer = connection::writer(folder.database()).await?;
        MIGRATIONS.run(&writer).await?;
        let readers = connection::readers(folder.database()).await?;
        let turns = Writer::start(writer.clone());
        Ok(Self { inner: Arc::new(Inner { readers, writer, turns, folder }) })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT id FROM prompts LIMIT 1").fetch_optional(self.readers()).await?;
        Ok(())
    }

    /// How a commit is made durable, as SQLite says: journal mode and `synchronous`.
    pub async fn sync_mode(&self) -> Result<String, StoreError> {
        let mode = "SELECT journal_mode || ', synchronous ' || CASE synchronous
                WHEN 0 THEN 'OFF' WHEN 1 THEN 'NORMAL' WHEN 2 THEN 'FULL' ELSE 'EXTRA' END
            FROM pragma_journal_mode, pragma_synchronous";
        Ok(sqlx::query_scalar(mode).fetch_one(&self.inner.writer).await?)
    }

    /// Finishes what was begun, closes the file and lets other servers in. Every later call, also
    /// on clones, is [`StoreError::Unavailable`].
    pub async fn close(&self) -> Result<(), StoreError> {
        self.inner.readers.close().await;
        // The last connection that closes moves the log into the database file.
        self.inner.writer.close().await;
        self.inner.folder.unlock()
    }

    /// The connections for single statements that read.
    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.inner.readers
    }

    /// Begins several statements that read one state.
    pub(crate) async fn read(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.inner.readers.begin().await?)
    }

    /// Waits for a turn to write; several calls may share a transaction, none sees of that.
    pub(crate) async fn write(&self) -> Result<Write, StoreError> {
        self.inner.turns.begin(Extent::Statements).await
    }

    /// The same for a call that writes one statement.
    pub(crate) async fn write_one(&self) -> Result<Write, StoreError> {
        self.inner.turns.begin(Extent::Statement).await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use align::Prompt;
    use align::record::PromptId;
    use sqlx::{Connection, SqliteConnection};
    use tempfile::TempDir;

    use super::*;
    use crate::{NewPrompt, Obstacle};

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
        sqlx::query(pragma).fetch_optional(&store.inner.writer).await.unwrap();
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
}
