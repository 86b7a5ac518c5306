//! Leases: which server works on what is unfinished, and until when others leave it alone.
//!
//! A run, a draft or a consultation that starts belongs to the store that wrote it, for the time of a
//! lease. A server that lives renews its leases; what a dead one left becomes interrupted when its
//! lease has run out.

mod interrupt;
mod renew;

use std::time::Duration;

use align::record::Timestamp;

pub use self::interrupt::Interrupted;
#[cfg(test)]
pub(crate) use self::interrupt::{EXPIRED, OWN};
#[cfg(test)]
pub(crate) use self::renew::{RENEW_CONSULTATIONS, RENEW_DRAFTS, RENEW_RUNS};
use crate::{Cause, Obstacle, Store, StoreError};

/// The lease of one row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lease<'a> {
    /// The store that works on it.
    pub(crate) owner: &'a str,
    /// Until when others leave it alone.
    pub(crate) until: Timestamp,
}

impl Store {
    /// How long a lease lasts. A server renews its leases several times in that time, so that a slow
    /// disk or a busy moment ends nothing.
    pub const LEASE: Duration = Duration::from_mins(1);

    /// The lease of what starts now.
    pub(crate) fn lease(&self, now: Timestamp) -> Lease<'_> {
        Lease { owner: self.owner(), until: until(now) }
    }
}

/// A name that no other store has.
pub(crate) fn new_owner() -> Result<String, StoreError> {
    let number = getrandom::u64().map_err(|error| StoreError::Unavailable {
        obstacle: Obstacle::Failing,
        source: Cause::from(error),
    })?;
    Ok(format!("{number:016x}"))
}

/// Until when what starts now is left alone by others.
pub(crate) fn until(now: Timestamp) -> Timestamp {
    let length = i64::try_from(Store::LEASE.as_millis()).unwrap_or(i64::MAX);
    now.saturating_add(length)
}
