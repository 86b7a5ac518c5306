//! What is SQLite's own: connections, the one writer, full-text search, backups, the locked folder.
//!
//! The rest of the crate knows the types named here and writes SQL that PostgreSQL reads as well.

mod backup;
mod connection;
mod contents;
mod database;
#[cfg(test)]
mod failures;
mod folder;
mod migrations;
#[cfg(test)]
mod query_plans;
mod restore;
mod result_code;
pub(crate) mod search;
mod writer;

pub use self::backup::{BackupError, Existing, Keys, backup};
pub use self::contents::Contents;
pub(crate) use self::database::Database;
pub use self::restore::{Restored, restore};
pub(crate) use self::result_code::Trouble;
pub(crate) use self::writer::{Extent, Write};
pub(crate) use sqlx::SqliteExecutor as Executor;
pub(crate) use sqlx::sqlite::{
    Sqlite as Engine, SqliteConnection as Connection, SqlitePool as Pool, SqliteRow as Row,
};

/// Several statements that read one state.
pub(crate) type Transaction = sqlx::Transaction<'static, Engine>;
