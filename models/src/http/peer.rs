//! Who is at the other end of a connection.

use reqwest::header::HeaderMap;

use crate::config::{ApiKey, BaseUrl};

/// Shorter values of headers are words such as the name of a team, and no secrets.
const MIN_SECRET_CHARS: usize = 8;

/// A provider as its errors speak of it.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    /// What people read.
    pub(crate) label: String,
    /// What it is shown.
    pub(crate) credential: Credential,
    /// The key itself, to be blotted out of what the provider says.
    pub(crate) key: Option<ApiKey>,
    /// Values of extra headers, to be blotted out like the key.
    pub(crate) secrets: Vec<ApiKey>,
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
    /// A key, or none, as it was entered on the page.
    Page,
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
            secrets: Vec::new(),
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
            secrets: Vec::new(),
            base_url: Some(base_url),
            address_setting: Some(format!("{prefix}_BASE_URL")),
        }
    }

    /// The same with these headers in every request.
    pub(crate) fn with_headers(mut self, headers: &HeaderMap) -> Self {
        let values = headers.values().filter_map(|value| value.to_str().ok());
        let values = values.filter(|value| value.len() >= MIN_SECRET_CHARS);
        self.secrets = values.filter_map(|value| ApiKey::new("a header", value).ok()).collect();
        self
    }

    /// `text` with every secret of ours, should it be in there, blotted out.
    pub(crate) fn redact(&self, text: &str) -> String {
        let all = self.key.iter().chain(&self.secrets);
        all.fold(text.to_owned(), |text, secret| secret.redact(&text))
    }

    /// Host and port.
    pub(crate) fn address(&self) -> String {
        self.base_url.as_ref().map(BaseUrl::address).unwrap_or_default()
    }
}
