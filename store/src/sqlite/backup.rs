//! Copying the database while a server works on it.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tempfile::{NamedTempFile, TempDir};

use super::contents::{self, Contents};
use super::folder;
use crate::{Cause, StoreError};

/// What happens to a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the call is an error.
    Keep,
    /// It is replaced.
    Replace,
}

/// What happens to the encrypted keys of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// They are not in the copy.
    LeaveOut,
    /// They are in the copy, encrypted as they are.
    Include,
}

/// Why a copy was not made or not taken. Whenever it was not, everything is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// There is no such file.
    #[error("there is no file {}", file.display())]
    Missing {
        /// The file.
        file: PathBuf,
    },
    /// A file is in the way.
    #[error("{} exists already", file.display())]
    Exists {
        /// The file.
        file: PathBuf,
    },
    /// The file is no database, or one of another program.
    #[error("{} is not a database of Attune", file.display())]
    NotAttune {
        /// The file.
        file: PathBuf,
    },
    /// The file is a database of Attune, but not a whole one.
    #[error("{} is damaged: {finding}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What SQLite finds, without the contents.
        finding: String,
    },
    /// The file was written by a newer version of Attune.
    #[error("{} has schema {version}, which a newer version of Attune made", file.display())]
    NewerSchema {
        /// The file.
        file: PathBuf,
        /// Its schema.
        version: i64,
    },
    /// The copy cannot be written there.
    #[error("cannot write to {}", folder.display())]
    Unwritable {
        /// The folder.
        folder: PathBuf,
        /// Why.
        #[source]
        source: StoreError,
    },
    /// The file cannot be read.
    #[error("cannot read {}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        source: Cause,
    },
    /// The data folder cannot be used, for example because a server works on it.
    #[error("cannot use the data folder")]
    Folder {
        /// Why.
        #[source]
        source: StoreError,
    },
}

/// Copies the database in `folder` into `file`, as it is at one moment: complete, compact, checked,
/// private to its owner. A server may work on the folder meanwhile; it neither waits nor notices.
///
/// The copy gets its name only when it is whole and on the disk.
pub async fn backup(
    folder: &Path,
    file: &Path,
    existing: Existing,
    keys: Keys,
) -> Result<Contents, BackupError> {
    let source = folder::database(folder);
    is_free(file, existing)?;
    let (copy, contents) = copy(&source, parent(file), keys).await?;
    place(copy, file, existing)?;
    Ok(contents)
}

/// A complete copy that has no name yet.
pub(crate) struct Copy {
    file: NamedTempFile,
    /// Only its owner can enter it. It goes with everything that SQLite leaves beside a file.
    _folder: TempDir,
}

/// Copies the database `source` into a file that is hidden in `folder`, and checks the copy.
///
/// `VACUUM INTO` reads one snapshot. The online backup API would begin again whenever the server
/// writes, and never end beside a busy one.
pub(crate) async fn copy(
    source: &Path,
    folder: &Path,
    keys: Keys,
) -> Result<(Copy, Contents), BackupError> {
    let unwritable = |source| BackupError::Unwritable { folder: folder.to_owned(), source };
    let mut connection = contents::open(source).await?;
    contents::is_attune(&mut connection, source).await?;
    let copy = hidden(folder).map_err(|error| unwritable(StoreError::unavailable(error)))?;
    let file = copy.file.path();
    vacuum_into(&mut connection, file).await.map_err(|error| match error.into() {
        StoreError::Damaged { source: cause } => {
            BackupError::Damaged { file: source.to_owned(), finding: cause.to_string() }
        }
        error => unwritable(error),
    })?;
    // What cannot be closed was only read.
    let _ = connection.close().await;
    if keys == Keys::LeaveOut {
        leave_keys_out(file).await.map_err(|error| unwritable(error.into()))?;
    }
    let mut copied = contents::open(file).await?;
    let contents = contents::read(&mut copied, file).await.map_err(|error| match error {
        BackupError::Damaged { finding, .. } => {
            BackupError::Damaged { file: source.to_owned(), finding }
        }
        other => other,
    })?;
    let _ = copied.close().await;
    copy.file.as_file().sync_all().map_err(|error| unwritable(StoreError::unavailable(error)))?;
    Ok((copy, contents))
}

/// Gives a copy its name, for good.
pub(crate) fn place(copy: Copy, file: &Path, existing: Existing) -> Result<(), BackupError> {
    let placed = match existing {
        Existing::Keep => copy.file.persist_noclobber(file),
        Existing::Replace => copy.file.persist(file),
    };
    let synced = placed.map_err(|error| error.error).and_then(|_| folder::sync(parent(file)));
    synced.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => BackupError::Exists { file: file.to_owned() },
        _ => BackupError::Unwritable {
            folder: parent(file).to_owned(),
            source: StoreError::unavailable(error),
        },
    })
}

/// Whether `file` may be written.
pub(crate) fn is_free(file: &Path, existing: Existing) -> Result<(), BackupError> {
    match fs::symlink_metadata(file) {
        Ok(found) if existing == Existing::Keep || found.is_dir() => {
            Err(BackupError::Exists { file: file.to_owned() })
        }
        _ => Ok(()),
    }
}

/// The folder a file is in.
fn parent(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// An empty file that only its owner can read, and that goes unless it is given a name.
fn hidden(folder: &Path) -> std::io::Result<Copy> {
    let hidden = tempfile::Builder::new().prefix(".attune-copy-").tempdir_in(folder)?;
    Ok(Copy { file: NamedTempFile::new_in(hidden.path())?, _folder: hidden })
}

async fn vacuum_into(connection: &mut SqliteConnection, file: &Path) -> Result<(), sqlx::Error> {
    let name = file.to_str().ok_or_else(|| {
        let told = format!("{} is not a name in UTF-8", file.display());
        sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::InvalidInput, told))
    })?;
    sqlx::query("VACUUM INTO ?1").bind(name).execute(connection).await?;
    Ok(())
}

/// Takes the keys out of a copy, so that no byte of them stays in the file.
async fn leave_keys_out(file: &Path) -> Result<(), sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(file).disable_statement_logging();
    let options = options.pragma("secure_delete", "ON").journal_mode(SqliteJournalMode::Memory);
    let mut copy = options.connect().await?;
    // A database of an older schema has no connections.
    let known = "SELECT count(*) FROM sqlite_schema WHERE name = 'connections'";
    let known: i64 = sqlx::query_scalar(known).fetch_one(&mut copy).await?;
    if known > 0 {
        let remove = "UPDATE connections SET secrets = NULL, nonce = NULL, key_version = NULL";
        sqlx::query(remove).execute(&mut copy).await?;
    }
    copy.close().await
}
