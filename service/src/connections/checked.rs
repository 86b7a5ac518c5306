//! What was typed as a connection, checked and completed with what is kept.

use align::record::{Connection, ConnectionId, ConnectionInput, ExtraHeader};
use models::{ApiKey, BaseUrl, ConfigError, Named};
use secrecy::{ExposeSecret, SecretString};
use store::NewConnection;

use crate::error::ServiceError;
use crate::secrets::{Binding, Plain};
use crate::{Studio, limits};

/// A key as short as this shows nothing of itself.
const MIN_SHOWN_KEY_CHARS: usize = 12;

/// Characters of a key that are shown.
const SHOWN_CHARS: usize = 4;

/// Parameters of a URL that hold secrets, in lower case without signs.
const SECRET_PARAMETERS: [&str; 9] =
    ["key", "apikey", "token", "accesstoken", "secret", "password", "auth", "sig", "signature"];

/// A connection that is kept, with its secrets if they can be read.
pub(super) struct Known {
    pub(super) connection: Connection,
    plain: Option<Plain>,
}

impl Known {
    pub(super) async fn read(studio: &Studio, id: ConnectionId) -> Result<Self, ServiceError> {
        let stored = studio.shared.store.connection(id).await?;
        let binding = Binding { id, base_url: &stored.connection.base_url };
        let plain = stored.sealed.map(|sealed| studio.shared.secrets.unseal(&sealed, binding));
        // One that cannot be read has to be entered again, as one that is not there.
        Ok(Self { plain: plain.and_then(Result::ok), connection: stored.connection })
    }
}

/// A connection that can be kept and used.
pub(super) struct Checked {
    pub(super) new: NewConnection,
    pub(super) plain: Plain,
    base_url: BaseUrl,
}

impl Checked {
    /// Checks `input`; what it leaves as it is comes from `known`.
    pub(super) fn new(input: ConnectionInput, known: Option<&Known>) -> Result<Self, ServiceError> {
        let label = limits::connection(&input)?;
        let base_url = BaseUrl::parse("This", &input.base_url).map_err(|error| refused(&error))?;
        no_secret_parameters(&input.base_url)?;
        let is_moved = known.is_some_and(|known| is_moved(&known.connection, &input, &base_url));
        let key = key(input.key, known, is_moved)?;
        let headers = headers(input.headers, known, is_moved)?;
        let new = NewConnection {
            kind: input.kind,
            label,
            base_url: base_url.with_its_parameters(),
            key_ending: key.as_ref().map(|key| ending(key.expose_secret())),
            headers: headers.iter().map(|(name, _)| name.clone()).collect(),
        };
        let plain = Plain { key, headers };
        // What cannot be sent is refused before it is kept.
        named("new", &new, &base_url, &plain).map_err(|error| refused(&error))?;
        Ok(Self { new, plain, base_url })
    }

    /// What the models need to call it.
    pub(super) fn named(&self, id: &str) -> Result<Named, ServiceError> {
        named(id, &self.new, &self.base_url, &self.plain).map_err(|error| refused(&error))
    }
}

/// A provider with its secrets.
pub(super) fn named(
    id: &str,
    new: &NewConnection,
    base_url: &BaseUrl,
    plain: &Plain,
) -> Result<Named, ConfigError> {
    let key = plain.key.as_ref().map(|key| ApiKey::new("The API key", key.expose_secret()));
    let headers = plain.headers.iter().map(|(name, value)| (name.as_str(), value.expose_secret()));
    Ok(Named {
        id: id.to_owned(),
        kind: new.kind,
        label: new.label.clone(),
        base_url: base_url.clone(),
        key: key.transpose()?,
        headers: models::extra_headers(headers)?,
    })
}

/// A description that cannot be used. The message never holds a secret.
pub(super) fn refused(error: &ConfigError) -> ServiceError {
    let hint = match error {
        ConfigError::InvalidBaseUrl { .. } => "Change the base URL.",
        ConfigError::InvalidKey { .. } => "Paste the whole key into the box API key.",
        _ => "Change it, then try again.",
    };
    ServiceError::invalid(format!("{error}."), hint)
}

/// Whether the secrets would be sent elsewhere than they were entered for.
fn is_moved(known: &Connection, input: &ConnectionInput, base_url: &BaseUrl) -> bool {
    let before = BaseUrl::parse("This", &known.base_url);
    known.kind != input.kind || before.is_ok_and(|before| before.as_str() != base_url.as_str())
}

fn key(
    typed: Option<String>,
    known: Option<&Known>,
    is_moved: bool,
) -> Result<Option<SecretString>, ServiceError> {
    if let Some(typed) = typed {
        let typed = typed.trim();
        return Ok((!typed.is_empty()).then(|| typed.into()));
    }
    let Some(known) = known.filter(|known| known.connection.key_ending.is_some()) else {
        return Ok(None);
    };
    if is_moved {
        return Err(again("The API key was entered for another address.", "the API key"));
    }
    let key = known.plain.as_ref().and_then(|plain| plain.key.clone());
    key.map(Some).ok_or_else(|| again("The API key cannot be read any more.", "the API key"))
}

fn headers(
    typed: Vec<ExtraHeader>,
    known: Option<&Known>,
    is_moved: bool,
) -> Result<Vec<(String, SecretString)>, ServiceError> {
    let kept = |name: &str| {
        if is_moved {
            let moved = format!("The value of “{name}” was entered for another address.");
            return Err(again(&moved, "its value"));
        }
        let plain = known.and_then(|known| known.plain.as_ref());
        let mut headers = plain.into_iter().flat_map(|plain| &plain.headers);
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found
            .map(|(_, value)| value.clone())
            .ok_or_else(|| again(&format!("The extra header “{name}” has no value."), "its value"))
    };
    let headers = typed.into_iter().map(|header| {
        let name = header.name.trim().to_owned();
        let value = match header.value {
            Some(value) => value.trim().into(),
            None => kept(&name)?,
        };
        Ok((name, value))
    });
    headers.collect()
}

fn again(message: &str, what: &str) -> ServiceError {
    ServiceError::invalid(
        message,
        format!("Enter {what} again; it is only ever sent to the address it was entered for."),
    )
}

fn no_secret_parameters(base_url: &str) -> Result<(), ServiceError> {
    let parameters = base_url.split_once('?').map_or("", |(_, parameters)| parameters);
    for parameter in parameters.split('&') {
        let name = parameter.split('=').next().unwrap_or_default();
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        if SECRET_PARAMETERS.contains(&plain.to_ascii_lowercase().as_str()) {
            return Err(ServiceError::invalid(
                format!("The base URL holds “{name}”, and base URLs are shown to everyone."),
                "Take it out of the URL, and put it into API key or an extra header.",
            ));
        }
    }
    Ok(())
}

/// The end of a key, as far as it may be shown.
fn ending(key: &str) -> String {
    let count = key.chars().count();
    if count < MIN_SHOWN_KEY_CHARS {
        return String::new();
    }
    key.chars().skip(count - SHOWN_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_long_key_is_shown() {
        for (key, expected) in [("sk-0123456789", "6789"), ("short-key", ""), ("", "")] {
            assert_eq!(ending(key), expected);
        }
    }

    #[test]
    fn secrets_do_not_stand_in_a_base_url() {
        assert!(no_secret_parameters("https://x/v1?api-version=2024-02-01&team=a").is_ok());
        for wrong in
            ["https://x/?key=hush", "https://x/?a=b&API-Key=hush", "https://x?access_token=hush"]
        {
            let error = no_secret_parameters(wrong).unwrap_err().to_string();
            assert!(!error.contains("hush"), "{error}");
        }
    }
}
