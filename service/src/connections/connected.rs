//! What is kept, connected to the models.

use std::sync::Arc;

use models::{BaseUrl, Models, Provider};
use store::{NewConnection, StoredConnection};

use super::checked::named;
use crate::Studio;
use crate::error::ServiceError;
use crate::secrets::{Binding, Plain};

/// The connections as they are connected now.
pub(crate) type Connected = Vec<(StoredConnection, Arc<dyn Provider>)>;

impl Studio {
    /// Connects what the store keeps, and nothing else that was made on the page. What did not change
    /// stays connected as it is.
    pub(crate) async fn connect_stored(&self) -> Result<(), ServiceError> {
        // Held to the end, so that what is read last is what holds.
        let mut connected = self.shared.connected.lock().await;
        let stored = self.shared.store.connections().await?;
        let now = stored.into_iter().map(|stored| {
            let known = connected.iter().find(|(known, _)| *known == stored);
            let provider = known.map_or_else(|| self.provider(&stored), |(_, it)| it.clone());
            (stored, provider)
        });
        *connected = now.collect();
        let providers = connected.iter().map(|(_, provider)| provider.clone());
        self.shared.models.replace(providers.collect());
        Ok(())
    }

    fn provider(&self, stored: &StoredConnection) -> Arc<dyn Provider> {
        self.try_provider(stored).unwrap_or_else(|| {
            let connection = &stored.connection;
            Models::locked(&connection.name, &connection.label, &connection.base_url)
        })
    }

    /// `None` if its secrets cannot be read, or do not fit what is kept of them.
    fn try_provider(&self, stored: &StoredConnection) -> Option<Arc<dyn Provider>> {
        let connection = &stored.connection;
        let name = connection.name.as_str();
        let binding = Binding { id: connection.id, base_url: &connection.base_url };
        let plain = match &stored.sealed {
            Some(sealed) => self.shared.secrets.unseal(sealed, binding).map_err(
                |error| tracing::warn!(connection = name, %error, "a connection cannot be used"),
            ),
            // A backup without keys still knows that there was one.
            None if connection.key_ending.is_some() || !connection.headers.is_empty() => Err(()),
            None => Ok(Plain::default()),
        };
        let new = NewConnection {
            kind: connection.kind,
            label: connection.label.clone(),
            base_url: connection.base_url.clone(),
            key_ending: None,
            headers: Vec::new(),
        };
        let base_url = BaseUrl::parse("base_url", &connection.base_url).ok()?;
        let named = named(name, &new, &base_url, &plain.ok()?).ok()?;
        self.shared.models.provider(named).ok()
    }
}
