//! Durable version writes over HTTP. Afterwards every acknowledged one must be there.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::budget::{WRITES_1, WRITES_8};
use crate::client::Connection;
use crate::parts::runs::prompt;
use crate::report::{Measured, shown};
use crate::rounds::{Caller, rate};
use crate::seed;
use crate::setup::{Setup, alone};

/// Measures with one client and with eight, each on a prompt of its own, in a database with 10,000.
pub(super) async fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let full = setup.full().await?;
    let floor = setup.floor()?;
    let server = setup.server(&full.folder, &alone())?;
    let disk = syncs_per_second(setup.folder())?;
    let mut figures = Vec::new();
    for (figure, clients) in [(WRITES_1, 1), (WRITES_8, 8)] {
        let mut bare = Vec::new();
        let mut writers = Vec::new();
        for number in 0..clients {
            bare.push(Bare::open(&floor).await?);
            writers.push(Writer::open(&server.address, number).await?);
        }
        let written = rate(&mut writers).await?;
        let floor = rate(&mut bare).await?;
        for writer in &mut writers {
            writer.check().await?;
        }
        let note =
            format!("this disk syncs {} writes of 4 KiB per s, one after the other", shown(disk));
        figures.push(Measured::new(figure, written).over(floor).noting(note));
    }
    server.stop()?;
    Ok(figures)
}

/// How often this disk makes 4 KiB durable: what no database with one client can surpass.
fn syncs_per_second(folder: &Path) -> anyhow::Result<f64> {
    let mut file = File::create(folder.join("disk"))?;
    let started = Instant::now();
    let mut count = 0_u32;
    while started.elapsed() < Duration::from_secs(1) {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    Ok(f64::from(count) / started.elapsed().as_secs_f64())
}

/// A client that types and saves.
struct Writer {
    connection: Connection,
    id: u64,
    /// The newest version it was told of.
    newest: u32,
}

impl Writer {
    async fn open(address: &str, number: u32) -> anyhow::Result<Self> {
        let mut connection = Connection::open(address).await?;
        let new = json!({
            "title": format!("Written by client {number}"), "tags": [],
            "prompt": prompt(&seed::text(number)), "values": {}, "note": "",
        });
        let answer = connection.post("/api/prompts/create", new.to_string()).await?;
        let id = serde_json::from_slice::<Value>(&answer)?["id"].as_u64();
        Ok(Self { connection, id: id.context("a prompt has no id")?, newest: 1 })
    }

    /// What was acknowledged last is the newest.
    async fn check(&mut self) -> anyhow::Result<()> {
        let path = format!("/api/prompts/{}/versions/newest", self.id);
        let newest = self.connection.get(&path).await?;
        let newest = serde_json::from_slice::<Value>(&newest)?["summary"]["number"].as_u64();
        ensure!(newest == Some(self.newest.into()), "version {} is gone: {newest:?}", self.newest);
        Ok(())
    }
}

impl Caller for Writer {
    async fn call(&mut self) -> anyhow::Result<()> {
        let next = self.newest + 1;
        let text = format!("{}\n\nVersion {next}.", seed::text(next));
        let save =
            json!({"prompt_id": self.id, "prompt": prompt(&text), "base": self.newest, "note": ""});
        let saved = self.connection.post("/api/versions/save", save.to_string()).await?;
        let number = format!("\"number\":{next},");
        let is_new = crate::watch::find(&saved, number.as_bytes()).is_some();
        ensure!(is_new, "a save did not make version {next}");
        self.newest = next;
        Ok(())
    }
}

/// The same requests to a handler that only reads the JSON and answers it.
struct Bare {
    connection: Connection,
    body: String,
}

impl Bare {
    async fn open(address: &str) -> anyhow::Result<Self> {
        let body = json!({"prompt_id": 1, "prompt": prompt(&seed::text(1)), "base": 1, "note": ""});
        Ok(Self { connection: Connection::open(address).await?, body: body.to_string() })
    }
}

impl Caller for Bare {
    async fn call(&mut self) -> anyhow::Result<()> {
        self.connection.post("/json", self.body.clone()).await.map(drop)
    }
}
