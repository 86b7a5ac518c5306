//! The open store.

use std::path::Path;
use std::sync::Arc;

use sqlx::migrate::Migrator;
use sqlx::sqlite::SqlitePool;
use sqlx::{Sqlite, Transaction};

use crate::StoreError;
use crate::connection::{self, Write};
use crate::folder::Folder;

static MIGRATIONS: Migrator = sqlx::migrate!();

/// Everything Attune keeps, in one SQLite file. Clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    readers: SqlitePool,
    writer: SqlitePool,
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
        Ok(Self { inner: Arc::new(Inner { readers, writer, folder }) })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT id FROM prompts LIMIT 1").fetch_optional(self.readers()).await?;
        Ok(())
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

    /// Begins a transaction that writes.
    pub(crate) async fn write(&self) -> Result<Write, StoreError> {
        Write::begin(&self.inner.writer).await
    }
}
