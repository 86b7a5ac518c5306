//! Connections to the database file: one that writes, several that read.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};

/// How long a statement waits for a lock that another program holds on the file, e.g. a backup.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a call waits for its turn before the storage counts as unavailable.
const TURN_TIMEOUT: Duration = Duration::from_secs(15);
/// Readers cost a thread and a page cache each; reads are short, so a few serve many clients.
const READERS: u32 = 4;

/// Opens the one connection that writes. SQLite has one writer at a time anyway; waiting for a turn
/// is fair, while waiting for the file's lock is polling.
pub(crate) async fn writer(file: &Path) -> Result<SqlitePool, sqlx::Error> {
    pool(1).connect_with(options(file)).await
}

/// Opens the connections that read; they cannot write by mistake.
pub(crate) async fn readers(file: &Path) -> Result<SqlitePool, sqlx::Error> {
    pool(READERS).connect_with(options(file).pragma("query_only", "ON")).await
}

pub(crate) fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        // With WAL, FULL syncs the log at every commit: what was acknowledged survives a power
        // loss. NORMAL would only survive a crash of the program.
        .synchronous(SqliteSynchronous::Full)
        // macOS keeps an ordinary fsync in the drive's cache; other systems ignore these two.
        .pragma("fullfsync", "ON")
        .pragma("checkpoint_fullfsync", "ON")
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("cache_size", "-8192")
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging()
}

fn pool(size: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(size)
        .min_connections(1)
        .acquire_timeout(TURN_TIMEOUT)
        // A file does not hang up: keep connections with their prepared statements.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_release(|connection, _| Box::pin(is_clean(connection)))
}

/// Whether a connection can be used again. When the disk is full SQLite ends a transaction by
/// itself, and sqlx then takes the connection to be inside it for ever; such a one is replaced.
async fn is_clean(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // The usual case costs no trip to the connection's thread.
    if !connection.is_in_transaction() {
        return Ok(true);
    }
    // A dropped transaction has only queued its rollback; this waits for it.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}
