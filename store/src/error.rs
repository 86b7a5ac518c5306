//! What can go wrong in the store.

use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use align::record::{ConsultationState, DraftState, VersionNumber};
use sqlx::migrate::MigrateError;

use crate::sqlite::Trouble;
use crate::{Noun, Obstacle};

/// A cause from below: the operating system or SQLite.
pub type Cause = Box<dyn Error + Send + Sync + 'static>;

/// Why a call of the store failed. Whenever it did, nothing of that call was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A thing that the call names does not exist, or its prompt was deleted.
    #[error("{noun} does not exist")]
    NotFound {
        /// The thing.
        noun: Noun,
    },
    /// The draft was accepted or rejected before.
    #[error("the draft was decided before")]
    AlreadyDecided {
        /// The decision.
        state: DraftState,
    },
    /// The draft rewrites a version that is not the newest any more.
    #[error("the draft rewrites version {base}, but version {newest} is the newest")]
    StaleDraft {
        /// The version it rewrites.
        base: VersionNumber,
        /// The newest version.
        newest: VersionNumber,
    },
    /// The working copy was saved by another page since this one read it.
    #[error("the working copy is at revision {revision}")]
    WorkingCopyConflict {
        /// The stored revision; 0 if nothing is stored.
        revision: u64,
    },
    /// The thing is not in a state in which it can be changed so.
    #[error("{noun} cannot be changed in its state")]
    NotEditable {
        /// The thing.
        noun: Noun,
    },
    /// Another page edited the draft since its changes were counted.
    #[error("the draft was edited meanwhile")]
    DraftEdited,
    /// The guideline was removed.
    #[error("the guideline was removed")]
    GuidelineGone,
    /// The guideline says something else than the alignment model was shown.
    #[error("the guideline was edited meanwhile")]
    GuidelineChanged,
    /// What is given other words says something else than it did when the typing began.
    #[error("it was given other words meanwhile")]
    Reworded,
    /// A later change of the guideline would be lost.
    #[error("the guideline was changed again")]
    ChangedAgain,
    /// The change was undone before.
    #[error("the change was undone before")]
    UndoneBefore,
    /// The proposal was accepted or dismissed before.
    #[error("the proposal was decided before")]
    ConsultationDecided {
        /// The decision.
        state: ConsultationState,
    },
    /// There is a guideline set of that name.
    #[error("there is a guideline set of that name")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// Another server works on this folder.
    #[error("{} is in use by another server", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// The database was written by a newer version of Attune.
    #[error("the database has schema {version}, which a newer version of Attune made")]
    NewerSchema {
        /// The newest schema this version knows is older than this one.
        version: i64,
    },
    /// Storage does not take or give anything now.
    #[error("{obstacle}")]
    Unavailable {
        /// Why, as far as a person can do something about it.
        obstacle: Obstacle,
        /// What SQLite or the operating system says.
        #[source]
        source: Cause,
    },
    /// The file is not a database, or its structure is damaged.
    #[error("the database file is damaged")]
    Damaged {
        /// What SQLite says.
        #[source]
        source: Cause,
    },
    /// A row holds something that Attune did not write. The rest of the database is usable.
    #[error("{table} {id} is corrupt: column {column} is {reason}")]
    Corrupt {
        /// Its table.
        table: &'static str,
        /// Its key; parts are separated by `/`.
        id: String,
        /// The column.
        column: &'static str,
        /// What is wrong, without the contents: prompts never get into messages or logs.
        reason: &'static str,
    },
    /// SQLite refuses a statement: a bug in this crate or a broken rule of the schema.
    #[error("the database refused a statement")]
    Database {
        /// What SQLite says.
        #[source]
        source: sqlx::Error,
    },
}

impl StoreError {
    /// Storage does not work: the operating system says so.
    pub(crate) fn unavailable(source: io::Error) -> Self {
        Self::Unavailable { obstacle: Obstacle::of_io(&source), source: source.into() }
    }

    /// The same failure for each of the calls that it met: a sync of the disk that several waited for.
    pub(crate) fn shared(source: &Arc<sqlx::Error>) -> Self {
        match Trouble::of(source) {
            Trouble::File => Self::Damaged { source: source.clone().into() },
            Trouble::Storage(obstacle) => {
                Self::Unavailable { obstacle, source: source.clone().into() }
            }
            Trouble::Statement => {
                Self::Unavailable { obstacle: Obstacle::Failing, source: source.clone().into() }
            }
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(source: sqlx::Error) -> Self {
        match Trouble::of(&source) {
            Trouble::Storage(obstacle) => Self::Unavailable { obstacle, source: source.into() },
            Trouble::File => Self::Damaged { source: source.into() },
            Trouble::Statement => Self::Database { source },
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(source: MigrateError) -> Self {
        match source {
            MigrateError::VersionMissing(version) => Self::NewerSchema { version },
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
                source.into()
            }
            other => Self::Damaged { source: other.into() },
        }
    }
}

/// Turns a broken foreign key into "not found": the row points at `noun`.
pub(crate) fn missing(error: sqlx::Error, noun: Noun) -> StoreError {
    match error.as_database_error() {
        Some(cause) if cause.is_foreign_key_violation() => StoreError::NotFound { noun },
        _ => error.into(),
    }
}
