//! What a person types to connect a provider. It holds secrets and travels one way, to the server.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ProviderKind;

/// A connection as it was typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionInput {
    /// Who is at the other end.
    pub kind: ProviderKind,
    /// What people read.
    pub label: String,
    /// Where requests go.
    pub base_url: String,
    /// The key; `None` keeps the one there is.
    pub key: Option<String>,
    /// All extra headers.
    pub headers: Vec<ExtraHeader>,
}

/// A header that goes with every request.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtraHeader {
    /// Its name.
    pub name: String,
    /// Its value; `None` keeps the one there is.
    pub value: Option<String>,
}

/// Without the secrets.
impl fmt::Debug for ConnectionInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionInput")
            .field("kind", &self.kind)
            .field("label", &self.label)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// Without the value.
impl fmt::Debug for ExtraHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtraHeader").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_logged_holds_no_secret() {
        let input = ConnectionInput {
            base_url: "http://host/?token=hush".into(),
            key: Some("hush".into()),
            headers: vec![ExtraHeader { name: "api-key".into(), value: Some("hush".into()) }],
            ..ConnectionInput::default()
        };
        let logged = format!("{input:?}");
        assert!(logged.contains("api-key") && !logged.contains("hush"), "{logged}");
    }
}
