//! Why secrets cannot be kept or read.

use std::io;
use std::path::PathBuf;

/// Why secrets cannot be kept or read. Holds no key and no secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// `ATTUNE_SECRET_KEY` is not one or more keys.
    #[error(
        "ATTUNE_SECRET_KEY is not a key: give 32 random bytes in base64, as “openssl rand -base64 32” makes them"
    )]
    InvalidKey,
    /// The key file does not hold keys.
    #[error("{} is not a key file of Attune; put back the one that was there", path.display())]
    InvalidFile {
        /// The file.
        path: PathBuf,
    },
    /// The key file cannot be read or written.
    #[error("the key file {} cannot be used: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The key that encrypted it is not there.
    #[error("the secret key that encrypted it is not there")]
    NoKey,
    /// It was not encrypted by this key for this place, or it was changed.
    #[error("it was encrypted by another secret key or for another connection, or was changed")]
    Unreadable,
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}
