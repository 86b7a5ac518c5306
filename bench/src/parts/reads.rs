//! Reads of a prompt's newest version over HTTP: `GET /api/prompts/{id}/versions/newest`.

use crate::budget::READS_8;
use crate::client::Connection;
use crate::parts::pages::Get;
use crate::report::Measured;
use crate::rounds::rate;
use crate::setup::{Setup, alone};

const CLIENTS: usize = 8;

/// Measures with eight clients, on the prompt with the longest history.
pub(super) async fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let full = setup.full().await?;
    let floor = setup.floor()?;
    let server = setup.server(&full.folder, &alone())?;
    let path = format!("/api/prompts/{}/versions/newest", full.long);
    let size = Connection::open(&server.address).await?.get(&path).await?.len();
    let read = rate(&mut clients(&server.address, &path).await?).await?;
    let bare = rate(&mut clients(&floor, &format!("/bytes/{size}")).await?).await?;
    server.stop()?;
    let note = "each answer read from the database, on a prompt with 10,000 versions";
    Ok(vec![Measured::new(READS_8, read).over(bare).noting(note)])
}

async fn clients(address: &str, path: &str) -> anyhow::Result<Vec<Get>> {
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        let connection = Connection::open(address).await?;
        clients.push(Get { connection, path: path.to_owned() });
    }
    Ok(clients)
}
