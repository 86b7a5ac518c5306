//! Reading a connection from its row.

use align::record::{Connection, ConnectionId};

use super::{CONNECTIONS, Sealed, StoredConnection};
use crate::StoreError;
use crate::columns::Columns;
use crate::sqlite::Row;

pub(super) fn read(row: &Row) -> Result<StoredConnection, StoreError> {
    let row = Columns::new(row, &CONNECTIONS);
    let sealed = match row.get::<Option<Vec<u8>>>("secrets")? {
        Some(ciphertext) => Some(Sealed {
            key_version: row.get("key_version")?,
            nonce: row.get("nonce")?,
            ciphertext,
        }),
        None => None,
    };
    let connection = Connection {
        id: ConnectionId(row.get("id")?),
        name: row.get("name")?,
        kind: row.parsed("kind")?,
        label: row.get("label")?,
        base_url: row.get("base_url")?,
        key_ending: row.get("key_ending")?,
        headers: row.json("headers")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    };
    Ok(StoredConnection { connection, sealed })
}
