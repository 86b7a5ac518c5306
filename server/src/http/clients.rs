//! Counts what each client holds open: connections, event streams.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many things are open, in all and by client. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub(super) struct Clients {
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
    most: usize,
    most_per_client: usize,
}

/// One open thing; dropping it frees its place.
#[derive(Debug)]
pub(super) struct Place {
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
    client: IpAddr,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Full {
    /// This client has as many as one may have.
    Client,
    /// All together have as many as there are.
    Server,
}

impl Clients {
    /// Allows this many in all, and this many of one client.
    pub(super) fn new(most: usize, most_per_client: usize) -> Self {
        Self { open: Arc::default(), most, most_per_client }
    }

    /// Takes a place for `client`.
    pub(super) fn enter(&self, client: IpAddr) -> Result<Place, Full> {
        self.enter_at_most(client, self.most_per_client)
    }

    /// Takes a place for a client that may have all of them.
    pub(super) fn enter_exempt(&self, client: IpAddr) -> Result<Place, Full> {
        self.enter_at_most(client, self.most)
    }

    fn enter_at_most(&self, client: IpAddr, most: usize) -> Result<Place, Full> {
        let mut open = lock(&self.open);
        if open.values().sum::<usize>() >= self.most {
            return Err(Full::Server);
        }
        let count = open.entry(client).or_default();
        if *count >= most {
            return Err(Full::Client);
        }
        *count += 1;
        Ok(Place { open: self.open.clone(), client })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        if let Some(count) = open.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.client);
            }
        }
    }
}

/// Every change under the lock is complete before anything in it can panic.
fn lock(open: &Mutex<HashMap<IpAddr, usize>>) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_by_client_and_in_all() {
        let clients = Clients::new(3, 2);
        let [one, other]: [IpAddr; 2] = ["10.0.0.1", "10.0.0.2"].map(|it| it.parse().unwrap());
        let first = clients.enter(one).unwrap();
        let _second = clients.enter(one).unwrap();
        assert_eq!(clients.enter(one).unwrap_err(), Full::Client);
        let _exempt = clients.enter_exempt(one).unwrap();
        assert_eq!(clients.enter(other).unwrap_err(), Full::Server);
        drop(first);
        assert!(clients.enter(other).is_ok());
        assert_eq!(clients.enter(one).unwrap_err(), Full::Client);
    }
}
