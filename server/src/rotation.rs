//! `attune rotate-key`.

use anyhow::{Context, anyhow};
use service::Secrets;
use store::Store;

use crate::config::{Config, secret_key};
use crate::{say, trouble};

/// Encrypts the keys of all connections with a new secret key.
pub(crate) async fn rotate(config: &Config) -> anyhow::Result<()> {
    let data = config.data_folder()?;
    if !data.join("attune.sqlite3").exists() {
        return Err(anyhow!(
            "there is no data in {}; name the folder that the server uses with --data",
            data.display()
        ));
    }
    // The lock that keeps two servers apart keeps a server and this apart, too.
    let store = Store::open(&data).await.map_err(|error| trouble::describe(error, &data))?;
    let secrets = Secrets::open(&data, secret_key().as_deref())?;
    let count = service::rotate_key(&store, &secrets).await.context("nothing was changed")?;
    store.close().await?;
    let place = if secrets.is_given() {
        "the first key of ATTUNE_SECRET_KEY".to_owned()
    } else {
        format!("a new key in {}", secrets.key_file().display())
    };
    let plural = if count == 1 { "" } else { "s" };
    say(&format!("Encrypted the keys of {count} connection{plural} with {place}"))
}
