//! What a database file is and holds, found out without changing it.

use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Row};

use super::migrations::MIGRATIONS;
use super::result_code::Trouble;
use crate::BackupError;

/// How long reading waits for a lock of another program.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What a database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Bytes of the file.
    pub size_bytes: u64,
    /// Prompts that are not deleted.
    pub prompts: u64,
    /// Versions of all prompts.
    pub versions: u64,
}

/// Opens a database to read it, also one that a server works on, that a crash left with a log, or
/// that lies on a read-only disk.
pub(crate) async fn open(file: &Path) -> Result<SqliteConnection, BackupError> {
    if !file.is_file() {
        return Err(BackupError::Missing { file: file.to_owned() });
    }
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let options = options.busy_timeout(BUSY_TIMEOUT).disable_statement_logging();
    // Without a log there is nothing that could be missed, and no place for its index is needed.
    let has_log = super::restore::log(file).exists();
    let opened = match connect(&options).await {
        Err(error) if !has_log && is_unavailable(&error) => connect(&options.immutable(true)).await,
        opened => opened,
    };
    opened.map_err(|error| unreadable(error, file))
}

fn is_unavailable(error: &sqlx::Error) -> bool {
    matches!(Trouble::of(error), Trouble::Storage(_))
}

/// Why the first page of a file cannot be read.
fn unreadable(error: sqlx::Error, file: &Path) -> BackupError {
    /// SQLite's result code for a file that does not begin as databases do.
    const NOTADB: &str = "26";
    let file = file.to_owned();
    let code = error.as_database_error().and_then(|error| error.code().map(Cow::into_owned));
    match Trouble::of(&error) {
        Trouble::File if code.as_deref() == Some(NOTADB) => BackupError::NotAttune { file },
        Trouble::File => BackupError::Damaged { file, finding: error.to_string() },
        _ => BackupError::Unreadable { file, source: error.into() },
    }
}

async fn connect(options: &SqliteConnectOptions) -> Result<SqliteConnection, sqlx::Error> {
    let mut connection = options.connect().await?;
    // SQLite opens lazily; this reads the file's first page.
    sqlx::query("SELECT count(*) FROM sqlite_schema").fetch_one(&mut connection).await?;
    Ok(connection)
}

/// Checks by the migrations it went through that a database is Attune's, and not a newer one's.
pub(crate) async fn is_attune(
    connection: &mut SqliteConnection,
    file: &Path,
) -> Result<(), BackupError> {
    let not_attune = || BackupError::NotAttune { file: file.to_owned() };
    let rows = sqlx::query("SELECT version, checksum FROM _sqlx_migrations ORDER BY version");
    let rows = rows.fetch_all(connection).await.map_err(|error| match Trouble::of(&error) {
        Trouble::Statement => not_attune(),
        _ => unreadable(error, file),
    })?;
    let ours: Vec<_> = MIGRATIONS.iter().collect();
    for (index, row) in rows.iter().enumerate() {
        let version: i64 = row.try_get("version").map_err(|_| not_attune())?;
        let checksum: Vec<u8> = row.try_get("checksum").map_err(|_| not_attune())?;
        let known = ours.iter().find(|migration| migration.version == version);
        match known {
            Some(known) if *known.checksum == checksum => {}
            None if index > 0 => {
                return Err(BackupError::NewerSchema { file: file.to_owned(), version });
            }
            _ => return Err(not_attune()),
        }
    }
    if rows.is_empty() { Err(not_attune()) } else { Ok(()) }
}

/// Checks every page, index and reference of a database of Attune, and counts.
pub(crate) async fn read(
    connection: &mut SqliteConnection,
    file: &Path,
) -> Result<Contents, BackupError> {
    is_attune(connection, file).await?;
    let finding = check(connection).await.unwrap_or_else(|error| Some(error.to_string()));
    if let Some(finding) = finding {
        return Err(BackupError::Damaged { file: file.to_owned(), finding });
    }
    count(connection, file)
        .await
        .map_err(|error| BackupError::Damaged { file: file.to_owned(), finding: error.to_string() })
}

/// The first thing that is wrong.
async fn check(connection: &mut SqliteConnection) -> Result<Option<String>, sqlx::Error> {
    let found = sqlx::query_scalar::<_, String>("PRAGMA integrity_check(1)");
    let found = found.fetch_one(&mut *connection).await?;
    if found != "ok" {
        return Ok(Some(found));
    }
    let broken = "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1";
    let broken: Option<String> = sqlx::query_scalar(broken).fetch_optional(connection).await?;
    Ok(broken.map(|table| format!("a row of {table} refers to one that is not there")))
}

async fn count(connection: &mut SqliteConnection, file: &Path) -> Result<Contents, sqlx::Error> {
    let counted = "SELECT (SELECT count(*) FROM prompts WHERE deleted_at IS NULL),
        (SELECT count(*) FROM versions)";
    let (prompts, versions): (i64, i64) = sqlx::query_as(counted).fetch_one(connection).await?;
    let size_bytes = std::fs::metadata(file)?.len();
    Ok(Contents { size_bytes, prompts: prompts.unsigned_abs(), versions: versions.unsigned_abs() })
}
