//! A secret key and its written form: `version:base64`.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use secrecy::{ExposeSecret, SecretBox};

use super::SecretsError;

/// Bytes of a key.
const SIZE: usize = 32;

/// A key with its version.
#[derive(Clone)]
pub(super) struct SecretKey {
    pub(super) version: i64,
    bytes: Arc<SecretBox<[u8; SIZE]>>,
}

impl SecretKey {
    /// A new key.
    pub(super) fn random(version: i64) -> Result<Self, SecretsError> {
        let mut bytes = Box::new([0; SIZE]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| SecretsError::Random)?;
        Ok(Self { version, bytes: Arc::new(SecretBox::new(bytes)) })
    }

    /// Reads `version:base64`; a key without a version is the first.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (version, key) = match text.split_once(':') {
            Some((version, key)) => (version.trim().parse().ok()?, key),
            None => (1, text),
        };
        let bytes: [u8; SIZE] = BASE64_STANDARD.decode(key.trim()).ok()?.try_into().ok()?;
        (version > 0).then(|| Self { version, bytes: Arc::new(SecretBox::new(Box::new(bytes))) })
    }

    /// Its written form, which is as secret as the key.
    pub(super) fn written(&self) -> String {
        format!("{}:{}", self.version, BASE64_STANDARD.encode(self.bytes.expose_secret()))
    }

    /// What encrypts with it.
    pub(super) fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.bytes.expose_secret()).into())
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretKey").field("version", &self.version).finish_non_exhaustive()
    }
}

/// Reads keys with commas between. The first is the one to encrypt with.
pub(super) fn parse_list(text: &str) -> Result<Vec<SecretKey>, SecretsError> {
    text.split(',').map(|key| SecretKey::parse(key).ok_or(SecretsError::InvalidKey)).collect()
}
