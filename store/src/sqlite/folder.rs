//! The folder that holds the database: private to its owner, and locked by one server.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::StoreError;

/// A locked folder. The lock ends with the process, however it ends.
#[derive(Debug)]
pub(crate) struct Folder {
    lock: File,
    database: PathBuf,
}

impl Folder {
    /// Creates the folder and an empty database file where they are missing, and takes the lock.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let folder = Self::lock(path)?;
        // SQLite gives its companion files the permissions of the database file.
        private_file(&folder.database).map_err(StoreError::unavailable)?;
        Ok(folder)
    }

    /// Creates the folder where it is missing and takes the lock.
    pub(crate) fn lock(path: &Path) -> Result<Self, StoreError> {
        create_private_folder(path).map_err(StoreError::unavailable)?;
        let lock = private_file(&path.join("attune.lock")).map_err(StoreError::unavailable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::InUse { folder: path.to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(StoreError::unavailable(error)),
        }
        Ok(Self { lock, database: database(path) })
    }

    /// The path of the database file.
    pub(crate) fn database(&self) -> &Path {
        &self.database
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        self.database.parent().unwrap_or(Path::new("."))
    }

    /// Gives the lock back before the process ends.
    pub(crate) fn unlock(&self) -> Result<(), StoreError> {
        self.lock.unlock().map_err(StoreError::unavailable)
    }
}

/// The path of the database file in a data folder.
pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("attune.sqlite3")
}

/// Makes the names in a folder survive a power loss, where the system can.
pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn create_private_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    sync_entry(path)
}

/// Makes the new folder's entry in its parent survive a power loss; SQLite does so for files.
fn sync_entry(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync(parent),
        _ => Ok(()),
    }
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
