//! Connections to providers of models that were made on the page.

mod input;
mod kind;

pub use input::{ConnectionInput, ExtraHeader};
pub use kind::{ProviderKind, UnknownProvider};

use serde::{Deserialize, Serialize};

use crate::model::{Failure, ModelRef};
use crate::record::{Timestamp, id};

id! {
    /// Identifies a connection.
    ConnectionId
}

/// A connection as it can be shown: of its key only the end, of its extra headers only the names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Its identifier.
    pub id: ConnectionId,
    /// The provider's part of a [`ModelRef`]; unique, and the same for the life of the connection.
    pub name: String,
    /// Who is at the other end.
    pub kind: ProviderKind,
    /// What people read.
    pub label: String,
    /// Where requests go, with the parameters that go with each of them.
    pub base_url: String,
    /// The last four characters of its key, or none of them for a short key; `None` if it has no key.
    pub key_ending: Option<String>,
    /// The names of its extra headers.
    pub headers: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// What a test of a connection found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionTest {
    /// How many models it lists.
    pub listed: u32,
    /// The model that was asked; `None` if there was none to ask.
    pub asked: Option<ModelRef>,
    /// What is wrong, if something is.
    pub problem: Option<Failure>,
}

/// A model server that answers on this machine and is not connected yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalServer {
    /// What it is.
    pub kind: ProviderKind,
    /// Where it is.
    pub base_url: String,
    /// How many models it lists.
    pub listed: u32,
}
