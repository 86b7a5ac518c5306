//! Secrets at rest: keys of providers are kept encrypted, under a secret key that is not in the database.
//!
//! The secret key comes from `ATTUNE_SECRET_KEY`, or from a file beside the database that is made when
//! the first secret is kept. Each key has a version, which is stored with what it encrypted, so that one
//! key can follow another.

mod error;
mod file;
mod key;
mod ring;
mod rotate;
mod seal;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use error::SecretsError;
use file::KeyFile;
use ring::Ring;
pub use rotate::rotate_key;
pub(crate) use seal::{Binding, Plain};
use store::Sealed;

/// Encrypts and decrypts secrets. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Secrets {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    file: KeyFile,
    ring: Mutex<Ring>,
}

impl Secrets {
    /// The secrets of the data in `folder`: under the `given` keys (the value of `ATTUNE_SECRET_KEY`),
    /// else under those of the key file. What the file's keys encrypted can be read in any case.
    pub fn open(folder: &Path, given: Option<&str>) -> Result<Self, SecretsError> {
        let file = KeyFile::in_folder(folder);
        let given = given.map(str::trim).filter(|text| !text.is_empty());
        let given = given.map_or_else(|| Ok(Vec::new()), key::parse_list)?;
        let ring = Ring::new(given, file.read()?);
        Ok(Self { shared: Arc::new(Shared { file, ring: Mutex::new(ring) }) })
    }

    /// The key file, whether it exists or not.
    pub fn key_file(&self) -> PathBuf {
        self.shared.file.path().to_owned()
    }

    /// Whether the keys were given, so that no key file is needed.
    pub fn is_given(&self) -> bool {
        self.ring().is_given()
    }

    /// Encrypts, bound to a place: elsewhere it cannot be decrypted. Makes the key file if there is no
    /// key yet.
    pub(crate) fn seal(&self, plain: &Plain, binding: Binding<'_>) -> Result<Sealed, SecretsError> {
        let mut ring = self.ring();
        if ring.current().is_none() {
            let first = key::SecretKey::random(1)?;
            self.shared.file.write(std::slice::from_ref(&first))?;
            ring.add(first);
        }
        let key = ring.current().ok_or(SecretsError::NoKey)?;
        seal::seal(key, plain, binding)
    }

    /// Decrypts what was encrypted for this place.
    pub(crate) fn unseal(
        &self,
        sealed: &Sealed,
        binding: Binding<'_>,
    ) -> Result<Plain, SecretsError> {
        let ring = self.ring();
        let mut keys = ring.of_version(sealed.key_version).peekable();
        if keys.peek().is_none() {
            return Err(SecretsError::NoKey);
        }
        keys.find_map(|key| seal::unseal(key, sealed, binding)).ok_or(SecretsError::Unreadable)
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        // A ring is whole between any two of its changes.
        self.shared.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
