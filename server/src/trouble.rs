//! What keeps the data folder from being used, as one sentence with the next step.

use std::path::Path;

use anyhow::{Error, anyhow};
use store::{Obstacle, StoreError};

/// Says what is wrong with the data folder and what to do. A cause that the sentence does not name
/// follows as the error's source.
pub(crate) fn describe(error: StoreError, folder: &Path) -> Error {
    let shown = folder.display();
    match error {
        StoreError::InUse { .. } => anyhow!(
            "another Attune server uses the data folder {shown}; stop it, or choose another folder \
            with --data"
        ),
        StoreError::NewerSchema { version } => anyhow!(
            "the data in {shown} were written by a newer version of Attune (schema {version}); \
            update Attune, or choose another folder with --data"
        ),
        StoreError::Damaged { source } => anyhow!(
            "the database {} is damaged ({source}); put a backup in its place with `attune restore \
            FILE --force`, which keeps the damaged file, or choose another folder with --data",
            folder.join("attune.sqlite3").display()
        ),
        StoreError::Unavailable { obstacle, source } => anyhow!(
            "could not use the data folder {shown}: {obstacle} ({source}). {}, or choose another \
            folder with --data",
            next_step(obstacle)
        ),
        error => Error::new(error)
            .context(format!("could not open the data folder {shown}; choose another with --data")),
    }
}

/// What to do about an obstacle.
pub(crate) fn next_step(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Full => "Free some space and try again",
        Obstacle::ReadOnly => "Make it writable and try again",
        Obstacle::Forbidden => "Give this user the permission",
        Obstacle::Locked => "Close what else has the database open and try again",
        _ => "Check the disk and the path",
    }
}
