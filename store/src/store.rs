//! The open store.

use std::path::Path;
use std::sync::Arc;

use crate::StoreError;
use crate::sqlite::{Database, Extent, Pool, Transaction, Write};

/// Everything Attune keeps, in one SQLite file. Clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    database: Arc<Database>,
}

impl Store {
    /// Opens the store in `folder`: creates what is missing, brings the schema up to date, and
    /// keeps other servers out until it is closed or the process ends.
    ///
    /// Errors: [`StoreError::InUse`], [`StoreError::NewerSchema`], [`StoreError::Unavailable`],
    /// [`StoreError::Damaged`].
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        Ok(Self { database: Arc::new(Database::open(folder).await?) })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT id FROM prompts LIMIT 1").fetch_optional(self.readers()).await?;
        Ok(())
    }

    /// How a commit is made durable, as SQLite says: journal mode and `synchronous`.
    pub async fn sync_mode(&self) -> Result<String, StoreError> {
        self.database.sync_mode().await
    }

    /// Finishes what was begun, closes the file and lets other servers in. Every later call, also
    /// on clones, is [`StoreError::Unavailable`].
    pub async fn close(&self) -> Result<(), StoreError> {
        self.database.close().await
    }

    /// The connections for single statements that read.
    pub(crate) fn readers(&self) -> &Pool {
        self.database.readers()
    }

    /// Begins several statements that read one state.
    pub(crate) async fn read(&self) -> Result<Transaction, StoreError> {
        self.database.read().await
    }

    /// Waits for a turn to write; several calls may share a transaction, none sees of that.
    pub(crate) async fn write(&self) -> Result<Write, StoreError> {
        self.database.write(Extent::Statements).await
    }

    /// The same for a call that writes one statement.
    pub(crate) async fn write_one(&self) -> Result<Write, StoreError> {
        self.database.write(Extent::Statement).await
    }

    /// The database behind it, for tests that make it fail.
    #[cfg(test)]
    pub(crate) fn database(&self) -> &Database {
        &self.database
    }
}
