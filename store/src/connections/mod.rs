//! Connections to providers of models. Their secrets come and go encrypted: the store has no key.

mod change;
mod row;

use align::record::{Connection, ConnectionId, ProviderKind};

use crate::columns::Table;
use crate::sqlite::Executor;
use crate::{Noun, Store, StoreError};

static CONNECTIONS: Table = Table { name: "connections", key: &["id"] };

const SELECT_ALL: &str = "SELECT * FROM connections ORDER BY id";

const SELECT: &str = "SELECT * FROM connections WHERE id = $1";

/// Secrets, encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The version of the key that encrypted them.
    pub key_version: i64,
    /// What makes this encryption unlike any other with the key.
    pub nonce: Vec<u8>,
    /// The encrypted secrets.
    pub ciphertext: Vec<u8>,
}

/// A connection with its encrypted secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredConnection {
    /// What can be shown.
    pub connection: Connection,
    /// Its secrets; `None` if it has none, or if a backup left them out.
    pub sealed: Option<Sealed>,
}

/// A connection to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConnection {
    /// Who is at the other end.
    pub kind: ProviderKind,
    /// What people read.
    pub label: String,
    /// Where requests go.
    pub base_url: String,
    /// The last characters of its key, if it has one.
    pub key_ending: Option<String>,
    /// The names of its extra headers.
    pub headers: Vec<String>,
}

impl Store {
    /// Every connection, the oldest first.
    pub async fn connections(&self) -> Result<Vec<StoredConnection>, StoreError> {
        all(self.readers()).await
    }

    /// Reads one connection.
    pub async fn connection(&self, id: ConnectionId) -> Result<StoredConnection, StoreError> {
        get(self.readers(), id).await
    }
}

async fn all(executor: impl Executor<'_>) -> Result<Vec<StoredConnection>, StoreError> {
    let rows = sqlx::query(SELECT_ALL).fetch_all(executor).await?;
    rows.iter().map(row::read).collect()
}

async fn get(
    executor: impl Executor<'_>,
    id: ConnectionId,
) -> Result<StoredConnection, StoreError> {
    let row = sqlx::query(SELECT).bind(id.0).fetch_optional(executor).await?;
    row::read(&row.ok_or(StoreError::NotFound { noun: Noun::Connection(id) })?)
}
