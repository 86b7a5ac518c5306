//! A key that never shows itself.

use base64::Engine;
use base64::prelude::{
    BASE64_STANDARD_NO_PAD as STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD,
};
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

    /// `text` with the key, should it be in there, blotted out: as it is, in base64 (also where it is
    /// part of something longer) and percent-encoded.
    pub(crate) fn redact(&self, text: &str) -> String {
        let key = self.secret.expose_secret();
        let mut text = text.replace(key, "…");
        for form in in_base64(key) {
            text = text.replace(&form, "…");
        }
        // Which characters were encoded is up to the peer, so a text that holds the key goes as a whole.
        if percent_decoded(&text).contains(key) { "…".to_owned() } else { text }
    }
}

/// The shortest run of base64 that can only be the key's.
const MIN_FORM: usize = 6;

/// What is sure to appear where base64 holds the key: its own characters, for each of the three places
/// that its first byte can have in a group, in both alphabets.
fn in_base64(key: &str) -> Vec<String> {
    let forms = (0..3).flat_map(|offset: usize| {
        let bytes = [&[0; 2][..offset], key.as_bytes()].concat();
        let own = (offset * 8).div_ceil(6)..bytes.len() * 8 / 6;
        [STANDARD_NO_PAD, URL_SAFE_NO_PAD]
            .map(|engine| engine.encode(&bytes)[own.clone()].to_owned())
    });
    forms.filter(|form| form.len() >= MIN_FORM).collect()
}

/// `text` with every `%XX` that stands for an ASCII character decoded.
fn percent_decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        decoded.push_str(before);
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = byte.filter(u8::is_ascii) {
            decoded.push(char::from(byte));
            rest = &after[2..];
        } else {
            decoded.push('%');
            rest = after;
        }
    }
    decoded + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_blotted_out_in_every_spelling() {
        let key = ApiKey::new("X", "pla+nted/key=42").unwrap();
        for (text, expected) in [
            ("the key pla+nted/key=42 is wrong", "the key … is wrong"),
            ("key=pla%2Bnted%2Fkey%3D42", "…"),
            ("key=pla%2bnted/key%3d42&x=100%", "…"),
            ("nothing of it: 100% of pla+nted", "nothing of it: 100% of pla+nted"),
            ("", ""),
        ] {
            assert_eq!(key.redact(text), expected);
        }
        for before in ["", "u", "us", "user:"] {
            let encoded = STANDARD_NO_PAD.encode(format!("{before}pla+nted/key=42"));
            let said = key.redact(&format!("Basic {encoded} is wrong"));
            assert!(said.len() < 30 && said.contains('…'), "{said}");
        }
    }
}
