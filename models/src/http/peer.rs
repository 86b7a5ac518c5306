//! Who is at the other end of a connection.

use crate::config::{ApiKey, BaseUrl};

/// A provider as its errors speak of it.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    /// What people read.
    pub(crate) label: String,
    /// What it is shown.
    pub(crate) credential: Credential,
    /// The key itself, to be blotted out of what the provider says.
    pub(crate) key: Option<ApiKey>,
    /// Where it is.
    pub(crate) base_url: Option<BaseUrl>,
    /// The setting that says where it is, e.g. `GEMINI_BASE_URL`.
    pub(crate) address_setting: Option<String>,
}

/// What a provider is shown, and so what to check when it is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    /// The key of an environment variable.
    Variable(String),
    /// No key, because this environment variable is not set.
    MissingVariable(String),
    /// A key, or none, as the models file has it.
    File,
    /// A token of Google's application default credentials.
    ApplicationDefault,
    /// Nothing is known of it.
    None,
}

impl Peer {
    /// Someone of whom only the name is known.
    pub(crate) fn named(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            credential: Credential::None,
            key: None,
            base_url: None,
            address_setting: None,
        }
    }

    /// A provider whose key and address come from `{prefix}_API_KEY` and `{prefix}_BASE_URL`.
    pub(crate) fn from_variables(
        label: &str,
        prefix: &str,
        base_url: BaseUrl,
        key: Option<ApiKey>,
    ) -> Self {
        let name = format!("{prefix}_API_KEY");
        Self {
            label: label.to_owned(),
            credential: match key {
                Some(_) => Credential::Variable(name),
                None => Credential::MissingVariable(name),
            },
            key,
            base_url: Some(base_url),
            address_setting: Some(format!("{prefix}_BASE_URL")),
        }
    }

    /// Host and port.
    pub(crate) fn address(&self) -> String {
        self.base_url.as_ref().map(BaseUrl::address).unwrap_or_default()
    }
}
