//! A new secret key in place of the old one.
//!
//! The order makes it safe to stop anywhere: the new key is on the disk before anything is encrypted
//! with it, and the old one goes only after the one transaction that encrypts everything anew.

use store::{Store, StoredConnection};

use super::key::SecretKey;
use super::{Binding, Secrets, SecretsError};

/// Encrypts all secrets with a new key, and answers how many there were. With keys that were given, the
/// first of them is the new one; else a new one is made in the key file.
pub async fn rotate_key(store: &Store, secrets: &Secrets) -> Result<usize, SecretsError> {
    secrets.begin_rotation()?;
    let count = secrets.reseal_all(store).await?;
    secrets.end_rotation()?;
    Ok(count)
}

impl Secrets {
    /// Puts a new key into the key file beside the old ones.
    pub(super) fn begin_rotation(&self) -> Result<(), SecretsError> {
        let mut ring = self.ring();
        if ring.is_given() {
            return Ok(());
        }
        let newest = ring.of_file().first().map_or(0, |key| key.version);
        let new = SecretKey::random(newest + 1)?;
        let keys: Vec<_> = std::iter::once(&new).chain(ring.of_file()).cloned().collect();
        self.shared.file.write(&keys)?;
        ring.add(new);
        Ok(())
    }

    /// Encrypts everything with the current key, all or nothing.
    pub(super) async fn reseal_all(&self, store: &Store) -> Result<usize, SecretsError> {
        let reseal = |stored: &StoredConnection| {
            let Some(sealed) = &stored.sealed else { return Ok(None) };
            let connection = &stored.connection;
            let binding = Binding { id: connection.id, base_url: &connection.base_url };
            match self.unseal(sealed, binding) {
                Ok(plain) => self.seal(&plain, binding).map(Some),
                // Nobody can read it before or after; its key has to be entered again.
                Err(SecretsError::NoKey | SecretsError::Unreadable) => Ok(None),
                Err(error) => Err(error),
            }
        };
        store.reseal_connections(reseal).await
    }

    /// Forgets the keys of the key file that nothing needs any more.
    pub(super) fn end_rotation(&self) -> Result<(), SecretsError> {
        let mut ring = self.ring();
        if ring.is_given() {
            self.shared.file.remove()?;
            ring.keep(0);
        } else {
            self.shared.file.write(&ring.of_file()[..1])?;
            ring.keep(1);
        }
        Ok(())
    }
}
