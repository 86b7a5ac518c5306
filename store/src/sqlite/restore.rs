//! Taking a backup in the place of the data there are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use align::record::{CalendarTime, Timestamp};

use super::backup::{Keys, copy, is_free, place};
use super::folder::{self, Folder};
use crate::{BackupError, Contents, Existing, StoreError};

/// A backup that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What it holds.
    pub contents: Contents,
    /// Where the data that were there before are now; `None` if there were none.
    pub replaced: Option<PathBuf>,
}

/// Puts the backup `file` into `folder`, checked from the first page to the last. The next server
/// on the folder brings an older schema up to date.
///
/// No server may use the folder. With [`Existing::Replace`], the database that was there stays
/// beside it under a name with the date.
pub async fn restore(
    folder: &Path,
    file: &Path,
    existing: Existing,
    now: Timestamp,
) -> Result<Restored, BackupError> {
    let locked = Folder::lock(folder).map_err(|source| BackupError::Folder { source })?;
    let database = locked.database();
    let is_empty =
        fs::metadata(database).is_ok_and(|found| found.len() == 0) && !log(database).exists();
    if !is_empty {
        is_free(database, existing)?;
    }
    let (copy, contents) = copy(file, folder, Keys::Include).await?;
    let replaced = if is_empty || !database.exists() { None } else { Some(aside(database, now)) };
    if let Some(aside) = &replaced {
        set_aside(database, aside).map_err(|error| BackupError::Unwritable {
            folder: folder.to_owned(),
            source: StoreError::unavailable(error),
        })?;
    }
    place(copy, database, Existing::Replace)?;
    Ok(Restored { contents, replaced })
}

/// Keeps a database and its log under another name, and leaves the database where it is: it is
/// replaced in one step. Its log has to go first, because SQLite would apply it to whatever file
/// has the database's name.
fn set_aside(database: &Path, aside: &Path) -> io::Result<()> {
    keep(database, aside)?;
    if log(database).exists() {
        keep(&log(database), &log(aside))?;
        if let Some(folder) = database.parent() {
            folder::sync(folder)?;
        }
        fs::remove_file(log(database))?;
    }
    match fs::remove_file(companion(database, "-shm")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives a file a second name, or a copy where the file system knows no second names.
fn keep(file: &Path, name: &Path) -> io::Result<()> {
    if fs::hard_link(file, name).is_ok() {
        return Ok(());
    }
    fs::copy(file, name)?;
    fs::File::open(name)?.sync_all()
}

/// A name with the date that is free.
fn aside(database: &Path, now: Timestamp) -> PathBuf {
    let name = |more: String| {
        database.with_file_name(format!("attune-replaced-{}{more}.sqlite3", date(now)))
    };
    let mut free = name(String::new());
    for number in 2.. {
        if !free.exists() {
            break;
        }
        free = name(format!("-{number}"));
    }
    free
}

/// A moment in UTC as a part of a file's name: `2026-01-31-235959`.
fn date(at: Timestamp) -> String {
    let CalendarTime { year, month, day, hour, minute, second } = CalendarTime::utc(at);
    format!("{year:04}-{month:02}-{day:02}-{hour:02}{minute:02}{second:02}")
}

/// The log beside a database.
pub(crate) fn log(database: &Path) -> PathBuf {
    companion(database, "-wal")
}

/// SQLite names the files beside a database after it.
fn companion(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn a_moment_is_a_part_of_a_name_that_sorts_by_time() {
        assert_eq!(date(1_780_000_000_000), "2026-05-28-202640");
    }
}
