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
}
