//! Encrypting the secrets of one connection: XChaCha20-Poly1305, whose nonces may be random.

use align::record::ConnectionId;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use store::Sealed;

use super::SecretsError;
use super::key::SecretKey;

/// Bytes of a nonce.
const NONCE_SIZE: usize = 24;

/// The secrets of one connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plain {
    /// The key, if there is one.
    pub(crate) key: Option<SecretString>,
    /// Names and values of the extra headers.
    pub(crate) headers: Vec<(String, SecretString)>,
}

impl Plain {
    /// Whether there is nothing to keep.
    pub(crate) fn is_empty(&self) -> bool {
        self.key.is_none() && self.headers.is_empty()
    }
}

/// What secrets are bound to, so that a row which was given those of another one, or another address to
/// send them to, does not decrypt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding<'a> {
    pub(crate) id: ConnectionId,
    pub(crate) base_url: &'a str,
}

impl Binding<'_> {
    fn bytes(self) -> Vec<u8> {
        // Parameters after `?` change neither the host nor the path.
        let address = self.base_url.split('?').next().unwrap_or_default();
        format!("attune connection 1\n{}\n{address}", self.id).into_bytes()
    }
}

/// What is encrypted.
#[derive(Serialize, Deserialize)]
struct Written {
    key: Option<String>,
    headers: Vec<(String, String)>,
}

pub(super) fn seal(
    key: &SecretKey,
    plain: &Plain,
    binding: Binding<'_>,
) -> Result<Sealed, SecretsError> {
    let mut nonce = [0; NONCE_SIZE];
    getrandom::fill(&mut nonce).map_err(|_| SecretsError::Random)?;
    let exposed = |secret: &SecretString| secret.expose_secret().to_owned();
    let headers = plain.headers.iter().map(|(name, value)| (name.clone(), exposed(value)));
    let written = Written { key: plain.key.as_ref().map(exposed), headers: headers.collect() };
    let text = serde_json::to_vec(&written).map_err(|_| SecretsError::Unreadable)?;
    let payload = Payload { msg: &text, aad: &binding.bytes() };
    let ciphertext = key.cipher().encrypt(&XNonce::from(nonce), payload);
    let ciphertext = ciphertext.map_err(|_| SecretsError::Unreadable)?;
    Ok(Sealed { key_version: key.version, nonce: nonce.to_vec(), ciphertext })
}

/// `None` if it was not encrypted by this key for this place, or was changed.
pub(super) fn unseal(key: &SecretKey, sealed: &Sealed, binding: Binding<'_>) -> Option<Plain> {
    let nonce: [u8; NONCE_SIZE] = sealed.nonce.as_slice().try_into().ok()?;
    let payload = Payload { msg: &sealed.ciphertext, aad: &binding.bytes() };
    let cipher: XChaCha20Poly1305 = key.cipher();
    let text = cipher.decrypt(&XNonce::from(nonce), payload).ok()?;
    let written: Written = serde_json::from_slice(&text).ok()?;
    let headers = written.headers.into_iter().map(|(name, value)| (name, value.into()));
    Some(Plain { key: written.key.map(Into::into), headers: headers.collect() })
}
