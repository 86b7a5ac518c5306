//! What went wrong, from SQLite's result codes.

use crate::Obstacle;

/// Where the cause of a database error lies.
pub(crate) enum Trouble {
    Storage(Obstacle),
    File,
    Statement,
}

impl Trouble {
    pub(crate) fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => {
                error.code().and_then(|code| code.parse().ok()).map_or(Self::Statement, Self::named)
            }
            sqlx::Error::Io(error) => Self::Storage(Obstacle::of_io(error)),
            sqlx::Error::PoolTimedOut => Self::Storage(Obstacle::Locked),
            sqlx::Error::PoolClosed => Self::Storage(Obstacle::Closed),
            sqlx::Error::WorkerCrashed | sqlx::Error::BeginFailed => {
                Self::Storage(Obstacle::Failing)
            }
            _ => Self::Statement,
        }
    }

    /// Sorts SQLite's result codes.
    fn named(code: u32) -> Self {
        match code & 0xff {
            // CORRUPT, NOTADB
            11 | 26 => Self::File,
            _ => obstacle(code).map_or(Self::Statement, Self::Storage),
        }
    }
}

/// What SQLite's extended result code says (<https://www.sqlite.org/rescode.html>), if it is
/// about storage. The low byte is the primary code.
fn obstacle(code: u32) -> Option<Obstacle> {
    /// The index of the log could not grow: the one place where a full disk has another name.
    const IOERR_SHMSIZE: u32 = 4874;
    /// The file was moved or removed while it was open.
    const READONLY_DBMOVED: u32 = 1032;
    match (code, code & 0xff) {
        (IOERR_SHMSIZE, _) | (_, 13) => Some(Obstacle::Full),
        (_, 8) if code != READONLY_DBMOVED => Some(Obstacle::ReadOnly),
        // PERM, AUTH
        (_, 3 | 23) => Some(Obstacle::Forbidden),
        // BUSY, LOCKED, PROTOCOL
        (_, 5 | 6 | 15) => Some(Obstacle::Locked),
        // NOMEM, IOERR, CANTOPEN
        (READONLY_DBMOVED, _) | (_, 7 | 10 | 14) => Some(Obstacle::Failing),
        _ => None,
    }
}
