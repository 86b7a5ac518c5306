//! Why a command was not done.

use align::direct::Finding;
use align::record::DraftState;
use store::StoreError;

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
    /// The draft has grave findings that nobody confirmed.
    #[error("the draft has findings that need a confirmation")]
    NeedsConfirmation {
        /// All findings, at least one of them grave.
        findings: Vec<Finding>,
    },
    /// The store takes nothing now: disk full, read-only, locked.
    #[error("the store is not available")]
    Unavailable {
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

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            // "prompt 3": people read the kind; the number is in their address bar.
            StoreError::NotFound { what } => {
                Self::missing(what.split(' ').next().unwrap_or("thing"))
            }
            StoreError::AlreadyDecided { state } => decided(state),
            StoreError::StaleDraft { base, newest } => Self::conflict(
                format!("v{newest} was saved after this draft was made on v{base}."),
                format!("Redraft makes a new draft on v{newest}; nothing was overwritten."),
            ),
            StoreError::WorkingCopyConflict { .. } => Self::conflict(
                "This prompt was typed in on another page meanwhile.",
                "Choose which text to go on with.",
            ),
            StoreError::NotEditable { what } => Self::conflict(
                format!(
                    "This {} is not in a state for that.",
                    what.split(' ').next().unwrap_or("thing")
                ),
                "Look at its state; it may have changed on another page.",
            ),
            source @ (StoreError::Unavailable { .. } | StoreError::InUse { .. }) => {
                Self::Unavailable { source }
            }
            source => Self::Internal { source: Box::new(source) },
        }
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
