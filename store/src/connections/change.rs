//! Adding, changing and removing connections.
//!
//! What encrypts is passed in as a function: the identifier that the encryption is bound to is known
//! only inside of the transaction.

use align::record::{ConnectionId, Timestamp};

use super::{NewConnection, Sealed, StoredConnection, all, get};
use crate::json::Json;
use crate::sqlite::Connection;
use crate::{Store, StoreError};

impl Store {
    /// Keeps a connection under the first free name: `stem`, `stem-2` and so on, except `taken` ones.
    /// `seal` encrypts its secrets, and its errors are the call's.
    pub async fn add_connection<E: From<StoreError>>(
        &self,
        new: &NewConnection,
        (stem, taken): (&str, &[String]),
        seal: impl FnOnce(ConnectionId) -> Result<Option<Sealed>, E> + Send,
        now: Timestamp,
    ) -> Result<StoredConnection, E> {
        let mut write = self.write().await?;
        let known = all(&mut *write).await?;
        let is_free = |name: &str| {
            !taken.iter().any(|it| it == name) && known.iter().all(|it| it.connection.name != name)
        };
        let id = insert(&mut write, new, &free_name(stem, is_free), now).await?;
        set_sealed(&mut write, id, seal(id)?.as_ref()).await?;
        let stored = get(&mut *write, id).await?;
        write.commit().await?;
        Ok(stored)
    }

    /// Changes a connection and its secrets; its name stays.
    pub async fn change_connection(
        &self,
        id: ConnectionId,
        new: &NewConnection,
        sealed: Option<&Sealed>,
        now: Timestamp,
    ) -> Result<StoredConnection, StoreError> {
        let mut write = self.write().await?;
        update(&mut write, id, new, now).await?;
        set_sealed(&mut write, id, sealed).await?;
        let stored = get(&mut *write, id).await?;
        write.commit().await?;
        Ok(stored)
    }

    /// Removes a connection. Removing one that is gone is no failure.
    pub async fn remove_connection(&self, id: ConnectionId) -> Result<(), StoreError> {
        let mut write = self.write_one().await?;
        let delete = sqlx::query("DELETE FROM connections WHERE id = $1");
        delete.bind(id.0).execute(&mut *write).await?;
        write.commit().await
    }

    /// Encrypts the secrets of all connections anew, in one transaction: all or none. `reseal` answers
    /// `None` for secrets that stay as they are. Answers how many were encrypted anew.
    pub async fn reseal_connections<E: From<StoreError>>(
        &self,
        mut reseal: impl FnMut(&StoredConnection) -> Result<Option<Sealed>, E> + Send,
    ) -> Result<usize, E> {
        let mut write = self.write().await?;
        let mut count = 0;
        for stored in all(&mut *write).await? {
            if let Some(sealed) = reseal(&stored)? {
                set_sealed(&mut write, stored.connection.id, Some(&sealed)).await?;
                count += 1;
            }
        }
        write.commit().await?;
        Ok(count)
    }
}

/// The first name that is free.
fn free_name(stem: &str, is_free: impl Fn(&str) -> bool) -> String {
    let mut name = stem.to_owned();
    for number in 2.. {
        if is_free(&name) {
            break;
        }
        name = format!("{stem}-{number}");
    }
    name
}

async fn insert(
    connection: &mut Connection,
    new: &NewConnection,
    name: &str,
    now: Timestamp,
) -> Result<ConnectionId, StoreError> {
    let id = sqlx::query_scalar(
        "INSERT INTO connections
            (name, kind, label, base_url, key_ending, headers, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING id",
    )
    .bind(name)
    .bind(new.kind.name())
    .bind(&new.label)
    .bind(&new.base_url)
    .bind(&new.key_ending)
    .bind(Json(&new.headers))
    .bind(now)
    .fetch_one(connection)
    .await?;
    Ok(ConnectionId(id))
}

async fn update(
    connection: &mut Connection,
    id: ConnectionId,
    new: &NewConnection,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE connections SET label = $1, base_url = $2, key_ending = $3, headers = $4,
            updated_at = $5, kind = $6
        WHERE id = $7",
    )
    .bind(&new.label)
    .bind(&new.base_url)
    .bind(&new.key_ending)
    .bind(Json(&new.headers))
    .bind(now)
    .bind(new.kind.name())
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(())
}

async fn set_sealed(
    connection: &mut Connection,
    id: ConnectionId,
    sealed: Option<&Sealed>,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE connections SET key_version = $1, nonce = $2, secrets = $3 WHERE id = $4")
        .bind(sealed.map(|it| it.key_version))
        .bind(sealed.map(|it| it.nonce.as_slice()))
        .bind(sealed.map(|it| it.ciphertext.as_slice()))
        .bind(id.0)
        .execute(connection)
        .await?;
    Ok(())
}
