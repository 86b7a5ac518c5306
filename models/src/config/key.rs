//! A key that never shows itself.

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::ConfigError;

/// The key of a provider, with the name of the setting it came from.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// Where it came from, e.g. `GEMINI_API_KEY`.
    name: String,
    secret: SecretString,
}

impl ApiKey {
    /// Takes a key from the setting called `name`, without whitespace around it.
    pub fn new(name: &str, value: &str) -> Result<Self, ConfigError> {
        let value = value.trim();
        if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ConfigError::InvalidKey { name: name.to_owned() });
        }
        Ok(Self { name: name.to_owned(), secret: value.into() })
    }

    /// Where it came from.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The header `prefix` + key, marked as sensitive.
    pub(crate) fn header(&self, prefix: &str) -> HeaderValue {
        let value = format!("{prefix}{}", self.secret.expose_secret());
        let mut header = HeaderValue::try_from(value).expect("`new` takes graphic ASCII only");
        header.set_sensitive(true);
        header
    }

    /// `text` with the key, should it be in there, blotted out.
    pub(crate) fn redact(&self, text: &str) -> String {
        text.replace(self.secret.expose_secret(), "…")
    }
}
