//! The database of a store: connections to one file in a locked folder.

use std::path::Path;

use sqlx::sqlite::SqlitePool;
use sqlx::{Sqlite, Transaction};

use super::connection;
use super::folder::Folder;
use super::migrations::MIGRATIONS;
use super::search;
use super::writer::{Extent, Write, Writer};
use crate::StoreError;

/// One SQLite file: a connection that writes, several that read.
#[derive(Debug)]
pub(crate) struct Database {
    readers: SqlitePool,
    writer: SqlitePool,
    turns: Writer,
    /// Last, so that it is unlocked after the connections are gone.
    folder: Folder,
}

impl Database {
    /// Creates what is missing in `folder`, brings the schema up to date, and keeps other servers
    /// out until it is closed or the process ends.
    pub(crate) async fn open(folder: &Path) -> Result<Self, StoreError> {
        let folder = Folder::open(folder)?;
        let writer = connection::writer(folder.database()).await?;
        MIGRATIONS.run(&writer).await?;
        end_leases(&writer).await?;
        index_runs(&writer).await?;
        let readers = connection::readers(folder.database()).await?;
        let turns = Writer::start(writer.clone());
        Ok(Self { readers, writer, turns, folder })
    }

    /// How a commit is made durable, as SQLite says: journal mode and `synchronous`.
    pub(crate) async fn sync_mode(&self) -> Result<String, StoreError> {
        let mode = "SELECT journal_mode || ', synchronous ' || CASE synchronous
                WHEN 0 THEN 'OFF' WHEN 1 THEN 'NORMAL' WHEN 2 THEN 'FULL' ELSE 'EXTRA' END
            FROM pragma_journal_mode, pragma_synchronous";
        Ok(sqlx::query_scalar(mode).fetch_one(&self.writer).await?)
    }

    /// The folder that holds it.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Finishes what was begun, closes the file and lets other servers in.
    pub(crate) async fn close(&self) -> Result<(), StoreError> {
        self.readers.close().await;
        // The last connection that closes moves the log into the database file.
        self.writer.close().await;
        self.folder.unlock()
    }

    /// The connections for single statements that read.
    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Begins several statements that read one state.
    pub(crate) async fn read(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.readers.begin().await?)
    }

    /// Waits for a turn to write.
    pub(crate) async fn write(&self, extent: Extent) -> Result<Write, StoreError> {
        self.turns.begin(extent).await
    }

    /// The connection that writes, without a turn: for tests that make it fail.
    #[cfg(test)]
    pub(crate) fn writer(&self) -> &SqlitePool {
        &self.writer
    }
}

/// Ends the leases of servers that are gone: who holds the lock of the folder is the only one that
/// works on the file.
async fn end_leases(writer: &SqlitePool) -> Result<(), sqlx::Error> {
    for unfinished in [
        "UPDATE runs SET lease_until = 0 WHERE state = 'running'",
        "UPDATE drafts SET lease_until = 0 WHERE state = 'drafting'",
        "UPDATE consultations SET lease_until = 0 WHERE state = 'working'",
    ] {
        sqlx::query(unfinished).execute(writer).await?;
    }
    Ok(())
}

/// Indexes the words of runs that ended before there was an index of them.
async fn index_runs(writer: &SqlitePool) -> Result<(), StoreError> {
    let mut transaction = writer.begin().await?;
    search::index_ended_runs(&mut transaction).await?;
    Ok(transaction.commit().await?)
}
