//! The keys that are known.

use super::key::SecretKey;

/// Keys, the one to encrypt with first.
#[derive(Debug)]
pub(super) struct Ring {
    given: Vec<SecretKey>,
    /// Those of the key file, the newest first.
    of_file: Vec<SecretKey>,
}

impl Ring {
    /// Keys that were given, and those of the key file.
    pub(super) fn new(given: Vec<SecretKey>, mut of_file: Vec<SecretKey>) -> Self {
        of_file.sort_by_key(|key| std::cmp::Reverse(key.version));
        Self { given, of_file }
    }

    /// Whether keys were given.
    pub(super) fn is_given(&self) -> bool {
        !self.given.is_empty()
    }

    /// The key to encrypt with.
    pub(super) fn current(&self) -> Option<&SecretKey> {
        self.given.first().or(self.of_file.first())
    }

    /// The keys that may have encrypted something with this version.
    pub(super) fn of_version(&self, version: i64) -> impl Iterator<Item = &SecretKey> {
        self.given.iter().chain(&self.of_file).filter(move |key| key.version == version)
    }

    /// Those of the key file, the newest first.
    pub(super) fn of_file(&self) -> &[SecretKey] {
        &self.of_file
    }

    /// The key file got a newer key.
    pub(super) fn add(&mut self, key: SecretKey) {
        self.of_file.insert(0, key);
    }

    /// The key file lost all but its first `count` keys.
    pub(super) fn keep(&mut self, count: usize) {
        self.of_file.truncate(count);
    }
}
