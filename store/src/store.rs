//! The open store.

use std::path::Path;
use std::sync::Arc;

use crate::runs::StartingRuns;
use crate::sqlite::{Database, Extent, Pool, Transaction, Write};
use crate::{StoreError, leases};

/// Everything Attune keeps, in one SQLite file. Clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    database: Database,
    /// The name under which this store owns what it has begun.
    owner: String,
    /// Runs that wait to be kept together.
    starting_runs: StartingRuns,
}

impl Store {
    /// Opens the store in `folder`: creates what is missing, brings the schema up to date, and
    /// keeps other servers out until it is closed or the process ends.
    ///
    /// Errors: [`StoreError::InUse`], [`StoreError::NewerSchema`], [`StoreError::Unavailable`],
    /// [`StoreError::Damaged`].
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        let owner = leases::new_owner()?;
        let database = Database::open(folder).await?;
        Ok(Self {
            inner: Arc::new(Inner { database, owner, starting_runs: StartingRuns::default() }),
        })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT id FROM prompts LIMIT 1").fetch_optional(self.readers()).await?;
        Ok(())
    }

    /// How a commit is made durable, as SQLite says: journal mode and `synchronous`.
    pub async fn sync_mode(&self) -> Result<String, StoreError> {
        self.inner.database.sync_mode().await
    }

    /// The folder that holds the database.
    pub fn folder(&self) -> &Path {
        self.inner.database.folder()
    }

    /// Finishes what was begun, closes the file and lets other servers in. Every later call, also
    /// on clones, is [`StoreError::Unavailable`].
    pub async fn close(&self) -> Result<(), StoreError> {
        self.inner.database.close().await
    }

    /// The name under which this store owns what it has begun.
    pub(crate) fn owner(&self) -> &str {
        &self.inner.owner
    }

    /// Runs that wait to be kept together.
    pub(crate) fn starting_runs(&self) -> &StartingRuns {
        &self.inner.starting_runs
    }

    /// The connections for single statements that read.
    pub(crate) fn readers(&self) -> &Pool {
        self.inner.database.readers()
    }

    /// Begins several statements that read one state.
    pub(crate) async fn read(&self) -> Result<Transaction, StoreError> {
        self.inner.database.read().await
    }

    /// Waits for a turn to write; several calls may share a transaction, none sees of that.
    pub(crate) async fn write(&self) -> Result<Write, StoreError> {
        self.inner.database.write(Extent::Statements).await
    }

    /// The same for a call that writes one statement.
    pub(crate) async fn write_one(&self) -> Result<Write, StoreError> {
        self.inner.database.write(Extent::Statement).await
    }

    /// The database behind it, for tests that make it fail.
    #[cfg(test)]
    pub(crate) fn database(&self) -> &Database {
        &self.inner.database
    }
}
