//! Why a command was not done.

use align::direct::Finding;
use align::record::{ConsultationState, DraftState};
use store::{Obstacle, StoreError};

use crate::access::Permission;
use crate::secrets::SecretsError;

/// Why a command was not done. Unless its kind says otherwise, nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// A thing that the command names does not exist any more.
    #[error("{what} does not exist")]
    NotFound {
        /// The kind of thing, e.g. `prompt`.
        what: String,
    },
    /// The input cannot be used.
    #[error("{message}")]
    Invalid {
        /// One sentence naming the cause.
        message: String,
        /// One sentence naming the next step.
        hint: String,
    },
    /// The order of things does not fit: somebody else was faster.
    #[error("{message}")]
    Conflict {
        /// One sentence naming the cause.
        message: String,
        /// One sentence naming the next step.
        hint: String,
    },
    /// The caller may not do this.
    #[error("{}", permission.refusal())]
    Forbidden {
        /// What the caller would need.
        permission: Permission,
    },
    /// The draft has grave findings that nobody confirmed.
    #[error("the draft has findings that need a confirmation")]
    NeedsConfirmation {
        /// All findings, at least one of them grave.
        findings: Vec<Finding>,
    },
    /// The store takes nothing now: disk full, read-only, locked.
    #[error("{message}")]
    Unavailable {
        /// One sentence naming the cause.
        message: &'static str,
        /// One sentence naming the next step.
        hint: &'static str,
        /// What the store said.
        #[source]
        source: StoreError,
    },
    /// A fault of ours or of the machine.
    #[error("a use case failed")]
    Internal {
        /// What happened.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl ServiceError {
    pub(crate) fn invalid(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Invalid { message: message.into(), hint: hint.into() }
    }

    pub(crate) fn conflict(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Conflict { message: message.into(), hint: hint.into() }
    }

    pub(crate) fn missing(what: &str) -> Self {
        Self::NotFound { what: what.to_owned() }
    }
}

impl From<SecretsError> for ServiceError {
    fn from(error: SecretsError) -> Self {
        match error {
            SecretsError::Store(error) => error.into(),
            SecretsError::File { .. } | SecretsError::InvalidFile { .. } => {
                tracing::error!(%error, "the secret key cannot be used");
                Self::conflict(
                    "Attune cannot use the file that holds its secret key, so no key was saved.",
                    "Check attune.key in the data folder; the log of the server says more.",
                )
            }
            error => Self::Internal { source: Box::new(error) },
        }
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        if let Some((message, hint)) = meanwhile(&error) {
            return Self::conflict(message, hint);
        }
        match error {
            // People read the kind; the number is in their address bar.
            StoreError::NotFound { noun } => Self::missing(noun.name()),
            StoreError::AlreadyDecided { state } => decided(state),
            StoreError::StaleDraft { base, newest } => Self::conflict(
                format!("v{newest} was saved after this draft was made on v{base}."),
                format!("Ask for another draft, on v{newest}; nothing was overwritten."),
            ),
            StoreError::WorkingCopyConflict { .. } => Self::conflict(
                "This prompt was typed in on another page meanwhile.",
                "Choose which text to go on with.",
            ),
            StoreError::ConsultationDecided { state } => consulted(state),
            StoreError::NameTaken { name } => Self::conflict(
                format!("There is a guideline set “{name}” already."),
                "Choose another name, or replace that set.",
            ),
            StoreError::NotEditable { noun } => Self::conflict(
                format!("This {} is not in a state for that.", noun.name()),
                "Look at its state; it may have changed on another page.",
            ),
            source @ StoreError::Unavailable { obstacle, .. } => {
                let (message, hint) = unavailable(obstacle);
                Self::Unavailable { message, hint, source }
            }
            source @ StoreError::Damaged { .. } => Self::Unavailable {
                message: "Attune's database file is damaged.",
                hint: "Stop the server and put a backup in its place: attune restore FILE --force. It keeps the damaged file.",
                source,
            },
            source => Self::Internal { source: Box::new(source) },
        }
    }
}

/// What somebody did in the meantime, and what a person can do now.
fn meanwhile(error: &StoreError) -> Option<(&'static str, &'static str)> {
    Some(match error {
        StoreError::DraftEdited => (
            "This draft was edited on another page meanwhile.",
            "Look at what it says now, and decide again.",
        ),
        StoreError::GuidelineGone => (
            "This guideline was removed meanwhile.",
            "Undo the removal in Changes first, or dismiss the proposal.",
        ),
        StoreError::GuidelineChanged => (
            "This guideline was edited after the proposal was made.",
            "Dismiss the proposal, and edit the guideline by hand or ask again.",
        ),
        StoreError::Reworded => (
            "This was given other words on another page meanwhile.",
            "Read what it says now; saving once more replaces it.",
        ),
        StoreError::ChangedAgain => (
            "This guideline was changed again since.",
            "Undo the later change first, or edit the guideline as it is now.",
        ),
        StoreError::UndoneBefore => {
            ("This change was undone before.", "To do it again, undo the entry that undid it.")
        }
        _ => return None,
    })
}

/// What keeps the store from working, and what a person can do about it. Nothing needs a restart:
/// the next call tries again.
fn unavailable(obstacle: Obstacle) -> (&'static str, &'static str) {
    match obstacle {
        Obstacle::Full => (
            "The disk that holds Attune's data is full.",
            "Free some space, then try again. Nothing that was saved is lost, and what you type stays in this browser until it can be saved.",
        ),
        Obstacle::ReadOnly | Obstacle::Forbidden => (
            "Attune's data folder is read-only, so nothing can be saved.",
            "Make it writable again, then try again. Nothing that was saved is lost, and what you type stays in this browser until it can be saved.",
        ),
        Obstacle::Locked => (
            "Attune's database is locked by another program, or very busy.",
            "Close what else has the file open, such as a database browser, then try again.",
        ),
        Obstacle::Closed => (
            "The Attune server is ending.",
            "Start it again; this page reconnects by itself, and what you type stays in this browser.",
        ),
        _ => (
            "The disk that holds Attune's data does not take or give anything: it is read-only or failing.",
            "Check the disk; the log of the server says more. What you type stays in this browser until it can be saved.",
        ),
    }
}

fn consulted(state: ConsultationState) -> ServiceError {
    match state {
        ConsultationState::Accepted => ServiceError::conflict(
            "This proposal was accepted before.",
            "To take it back, undo the change in Changes.",
        ),
        _ => ServiceError::conflict(
            "This proposal was dismissed before.",
            "Edit the guideline by hand, or ask again.",
        ),
    }
}

fn decided(state: DraftState) -> ServiceError {
    let message = match state {
        DraftState::Accepted { version } => {
            format!("This draft was accepted before, as v{version}.")
        }
        _ => "This draft was rejected before.".to_owned(),
    };
    ServiceError::conflict(message, "Look at the newest version, or ask for another draft.")
}
