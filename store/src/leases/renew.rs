//! Renewing leases.

use align::record::Timestamp;

use super::until;
use crate::{Store, StoreError};

pub(crate) const RENEW_RUNS: &str =
    "UPDATE runs SET lease_until = $2 WHERE state = 'running' AND owner = $1";

pub(crate) const RENEW_DRAFTS: &str =
    "UPDATE drafts SET lease_until = $2 WHERE state = 'drafting' AND owner = $1";

pub(crate) const RENEW_CONSULTATIONS: &str =
    "UPDATE consultations SET lease_until = $2 WHERE state = 'working' AND owner = $1";

impl Store {
    /// Keeps everything that this store has begun and not finished for another [`Store::LEASE`].
    pub async fn renew_leases(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        for statement in [RENEW_RUNS, RENEW_DRAFTS, RENEW_CONSULTATIONS] {
            let renew = sqlx::query(statement).bind(self.owner()).bind(until(now));
            renew.execute(&mut *write).await?;
        }
        write.commit().await
    }
}
