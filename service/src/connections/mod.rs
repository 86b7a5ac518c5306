//! Connections to providers of models that people make on the page. What they change holds from the next
//! call on, without a restart.

mod checked;
mod connected;
mod names;

use align::model::ProviderInfo;
use align::record::{Connection, ConnectionId, ConnectionInput, ConnectionTest, LocalServer};
use models::Models;

use crate::UseCases;
use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::secrets::Binding;
use crate::studio::detached;
use checked::{Checked, Known};
pub(crate) use connected::Connected;

/// More connections than anybody has, and an end to what a fault of ours could make.
const MAX_CONNECTIONS: usize = 100;

impl UseCases {
    /// The connections that were made on the page, the oldest first.
    pub async fn connections(&self) -> Result<Vec<Connection>, ServiceError> {
        let stored = self.allow(UseCase::Connections)?.shared.store.connections().await?;
        Ok(stored.into_iter().map(|it| it.connection).collect())
    }

    /// Connects a provider.
    pub async fn add_connection(&self, input: ConnectionInput) -> Result<Connection, ServiceError> {
        let studio = self.allow(UseCase::AddConnection)?.clone();
        let checked = Checked::new(input, None)?;
        detached(async move {
            let store = &studio.shared.store;
            if store.connections().await?.len() >= MAX_CONNECTIONS {
                return Err(ServiceError::conflict(
                    format!("There are {MAX_CONNECTIONS} connections already."),
                    "Remove one that is not used any more.",
                ));
            }
            let stem = names::stem(&checked.new.label, checked.new.kind);
            let taken = studio.shared.models.fixed();
            let seal = |id| checked.sealed(&studio.shared.secrets, id);
            let added = store.add_connection(&checked.new, (&stem, &taken), seal, now()).await?;
            studio.connect_stored().await?;
            Ok(added.connection)
        })
        .await
    }

    /// Changes a connection. Another base URL needs the key again, so that a key is never sent to an
    /// address that it was not entered for. Calls that go on end as they began.
    pub async fn change_connection(
        &self,
        id: ConnectionId,
        input: ConnectionInput,
    ) -> Result<Connection, ServiceError> {
        let studio = self.allow(UseCase::ChangeConnection)?.clone();
        let known = Known::read(&studio, id).await?;
        let checked = Checked::new(input, Some(&known))?;
        detached(async move {
            let sealed = checked.sealed(&studio.shared.secrets, id)?;
            let store = &studio.shared.store;
            let changed = store.change_connection(id, &checked.new, sealed.as_ref(), now()).await?;
            studio.connect_stored().await?;
            Ok(changed.connection)
        })
        .await
    }

    /// Tries what was typed, before it is kept: lists the models and asks one of them for a few tokens.
    /// With `id`, what is kept of that connection fills the gaps.
    pub async fn test_connection(
        &self,
        id: Option<ConnectionId>,
        input: ConnectionInput,
    ) -> Result<ConnectionTest, ServiceError> {
        let studio = self.allow(UseCase::TestConnection)?;
        let known = match id {
            Some(id) => Some(Known::read(studio, id).await?),
            None => None,
        };
        let name = known.as_ref().map_or("new", |known| &known.connection.name);
        let named = Checked::new(input, known.as_ref())?.named(name)?;
        let provider =
            studio.shared.models.provider(named).map_err(|error| checked::refused(&error))?;
        Ok(Models::test(provider).await)
    }

    /// Removes a connection and its key. Calls that go on end as they began.
    pub async fn remove_connection(&self, id: ConnectionId) -> Result<(), ServiceError> {
        let studio = self.allow(UseCase::RemoveConnection)?.clone();
        detached(async move {
            studio.shared.store.remove_connection(id).await?;
            studio.connect_stored().await
        })
        .await
    }

    /// Model servers that answer at their usual ports of this machine and are not connected.
    pub async fn local_servers(&self) -> Result<Vec<LocalServer>, ServiceError> {
        Ok(self.allow(UseCase::LocalServers)?.shared.models.local_servers().await)
    }

    /// Asks all providers for their models again.
    pub async fn list_models_again(&self) -> Result<Vec<ProviderInfo>, ServiceError> {
        Ok(self.allow(UseCase::ListModelsAgain)?.shared.models.list_again().await)
    }
}

impl Checked {
    /// The secrets, encrypted for this connection; `None` if there are none.
    fn sealed(
        &self,
        secrets: &crate::Secrets,
        id: ConnectionId,
    ) -> Result<Option<store::Sealed>, ServiceError> {
        if self.plain.is_empty() {
            return Ok(None);
        }
        let binding = Binding { id, base_url: &self.new.base_url };
        Ok(Some(secrets.seal(&self.plain, binding)?))
    }
}
