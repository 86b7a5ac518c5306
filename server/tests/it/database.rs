//! The database file, read behind the server's back.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Connection, FromRow};
use tokio::runtime::Runtime;

/// An open file that is only read.
pub(crate) struct Database {
    connection: SqliteConnection,
    runtime: Runtime,
}

impl Database {
    pub(crate) fn read(file: &Path) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let options = SqliteConnectOptions::new().filename(file).read_only(true);
        let connection = runtime.block_on(SqliteConnection::connect_with(&options)).unwrap();
        Self { connection, runtime }
    }

    /// Every row that a query finds.
    pub(crate) fn rows<T>(&mut self, query: &str) -> Vec<T>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let rows = sqlx::query_as(AssertSqlSafe(query)).fetch_all(&mut self.connection);
        self.runtime.block_on(rows).unwrap()
    }

    /// SQLite finds nothing wrong with the file, and every reference leads somewhere.
    pub(crate) fn is_sound(&mut self) {
        let integrity: Vec<(String,)> = self.rows("PRAGMA integrity_check");
        assert_eq!(integrity, [("ok".to_owned(),)]);
        let broken: Vec<(String,)> = self.rows("SELECT \"table\" FROM pragma_foreign_key_check");
        assert!(broken.is_empty(), "broken references in {broken:?}");
    }
}
