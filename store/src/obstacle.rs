//! What keeps storage from taking or giving anything, told apart by what a person can do about it.

use std::io::{self, ErrorKind};

/// Why storage does not work now. The next call tries again: no restart is needed once it is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Obstacle {
    /// There is no room left on the disk, or in the quota.
    #[error("the disk is full")]
    Full,
    /// The file system, the folder or the file is read-only.
    #[error("the data folder is read-only")]
    ReadOnly,
    /// The operating system does not let this user in.
    #[error("this user may not use the data folder")]
    Forbidden,
    /// Another program holds the file locked, or too much else is being written.
    #[error("the database is locked by another program, or very busy")]
    Locked,
    /// The store was closed.
    #[error("the database is closed")]
    Closed,
    /// Reading or writing fails in another way.
    #[error("reading or writing the disk fails")]
    Failing,
}

impl Obstacle {
    /// What an error of the operating system says.
    pub(crate) fn of_io(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::PermissionDenied => Self::Forbidden,
            _ => Self::Failing,
        }
    }

    /// What SQLite's extended result code says (<https://www.sqlite.org/rescode.html>), if it is
    /// about storage. The low byte is the primary code.
    pub(crate) fn of_code(code: u32) -> Option<Self> {
        /// The index of the log could not grow: the one place where a full disk has another name.
        const IOERR_SHMSIZE: u32 = 4874;
        /// The file was moved or removed while it was open.
        const READONLY_DBMOVED: u32 = 1032;
        match (code, code & 0xff) {
            (IOERR_SHMSIZE, _) | (_, 13) => Some(Self::Full),
            (_, 8) if code != READONLY_DBMOVED => Some(Self::ReadOnly),
            // PERM, AUTH
            (_, 3 | 23) => Some(Self::Forbidden),
            // BUSY, LOCKED, PROTOCOL
            (_, 5 | 6 | 15) => Some(Self::Locked),
            // NOMEM, IOERR, CANTOPEN
            (READONLY_DBMOVED, _) | (_, 7 | 10 | 14) => Some(Self::Failing),
            _ => None,
        }
    }
}
