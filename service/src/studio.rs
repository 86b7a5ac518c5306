//! The studio: everything a use case needs.

use std::sync::Arc;
use std::time::Duration;

use align::direct::Mark;
use models::Models;
use store::Store;
use tokio::sync::Mutex;

use crate::clock::now;
use crate::connections::Connected;
use crate::error::ServiceError;
use crate::events::Hub;
use crate::jobs::Jobs;
use crate::secrets::Secrets;

/// Everything that the use cases work with, which are reached by [`Studio::by`]. Cheap to clone.
#[derive(Clone)]
pub struct Studio {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) store: Store,
    pub(crate) models: Models,
    pub(crate) hub: Hub,
    pub(crate) jobs: Jobs,
    pub(crate) secrets: Secrets,
    pub(crate) connected: Mutex<Connected>,
}

impl Studio {
    /// Opens the studio over a store and the connected models. What a crash left running becomes
    /// interrupted, with its partial output.
    pub async fn open(store: Store, models: Models) -> Result<Self, ServiceError> {
        let secrets = Secrets::open(store.folder(), None)?;
        Self::open_with(store, models, secrets).await
    }

    /// The same with these secrets, instead of those under the key file of the store's folder.
    pub async fn open_with(
        store: Store,
        models: Models,
        secrets: Secrets,
    ) -> Result<Self, ServiceError> {
        let hub = Hub::new(epoch()?);
        let (jobs, connected) = (Jobs::default(), Mutex::default());
        let shared = Shared { store, models, hub, jobs, secrets, connected };
        let studio = Self { shared: Arc::new(shared) };
        studio.end_abandoned().await?;
        studio.connect_stored().await?;
        studio.keep_leases();
        Ok(studio)
    }

    /// Ends all jobs as interrupted, keeping what has arrived, then closes the store. Takes at most
    /// `limit` for the jobs, and a quarter of that for the store.
    pub async fn shutdown(&self, limit: Duration) {
        self.shared.jobs.end(limit).await;
        // A locked database must not hold up the end: nothing acknowledged is lost by leaving it.
        if tokio::time::timeout(limit / 4, self.close()).await.is_err() {
            tracing::error!("the store did not close in time; the next start puts it in order");
        }
    }

    async fn close(&self) {
        if let Err(error) = self.shared.store.interrupt_own(now()).await {
            tracing::error!(%error, "could not mark what was cut off; the next start does");
        }
        if let Err(error) = self.shared.store.close().await {
            tracing::error!(%error, "could not close the store in order");
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), ServiceError> {
        Ok(self.shared.store.ping().await?)
    }
}

/// Carries `work` out in a task of its own, so that it is completed also when nobody waits for it any
/// more: a request is dropped in the middle when its page leaves.
pub(crate) async fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, ServiceError>> + Send + 'static,
) -> Result<T, ServiceError> {
    tokio::spawn(work)
        .await
        .unwrap_or_else(|error| Err(ServiceError::Internal { source: Box::new(error) }))
}

/// A number that tells this start of the server from others.
fn epoch() -> Result<u64, ServiceError> {
    // 32 bits are exact in every number format an event may pass through.
    Ok(u64::from(u32::from_le_bytes(random()?)))
}

/// A fresh mark for the delimiters of one request.
pub(crate) fn mark() -> Result<Mark, ServiceError> {
    Ok(Mark::from_bytes(random()?))
}

/// Bytes of the system's randomness.
fn random<const N: usize>() -> Result<[u8; N], ServiceError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| ServiceError::Internal { source: Box::new(error) })?;
    Ok(bytes)
}
