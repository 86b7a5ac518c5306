//! Server time of pages: from the request to the last byte, as a browser asks, over a connection
//! that is open.

use serde_json::json;

use crate::budget::{PROMPTS_PAGE, PROMPTS_SEARCH, WORKBENCH_LONG, WORKBENCH_SHORT};
use crate::client::Connection;
use crate::report::Measured;
use crate::rounds::{Caller, latency_ms};
use crate::setup::{Setup, alone};

const SAMPLES: usize = 60;

/// Measures all pages on a database with 10,000 prompts.
pub(super) async fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let full = setup.full().await?;
    let floor = setup.floor()?;
    let server = setup.server(&full.folder, &alone())?;
    let mut figures = Vec::new();
    for (figure, path) in [
        (WORKBENCH_SHORT, format!("/prompts/{}", full.short)),
        (WORKBENCH_LONG, format!("/prompts/{}", full.long)),
        (PROMPTS_PAGE, "/".to_owned()),
        (PROMPTS_SEARCH, "/?q=topic77".to_owned()),
    ] {
        figures.push(page(figure, &server.address, &floor, path).await?);
    }
    let typed = search_as_typed(&server.address).await?;
    let note = format!("the page; the list alone, as the box asks while one types: {typed:.2} ms");
    if let Some(search) = figures.pop() {
        figures.push(search.noting(note));
    }
    server.stop()?;
    Ok(figures)
}

async fn page(
    figure: &'static str,
    address: &str,
    floor: &str,
    path: String,
) -> anyhow::Result<Measured> {
    let mut page = Get { connection: Connection::open(address).await?, path };
    let size = page.connection.get(&page.path).await?.len();
    let took = latency_ms(&mut page, SAMPLES).await?;
    let path = format!("/bytes/{size}");
    let mut bare = Get { connection: Connection::open(floor).await?, path };
    let bare = latency_ms(&mut bare, SAMPLES).await?;
    Ok(Measured::new(figure, took).over(bare))
}

/// Words that few, some and all prompts have, one after the other.
async fn search_as_typed(address: &str) -> anyhow::Result<f64> {
    let searches = ["w", "write topic7", "topic777", "absent"]
        .map(|search| json!({"query": {"search": search, "tag": null, "page": 0}}).to_string());
    let mut search = Search { connection: Connection::open(address).await?, searches, turn: 0 };
    latency_ms(&mut search, SAMPLES).await
}

/// Reads one path.
pub(super) struct Get {
    pub(super) connection: Connection,
    pub(super) path: String,
}

impl Caller for Get {
    async fn call(&mut self) -> anyhow::Result<()> {
        self.connection.get(&self.path).await.map(drop)
    }
}

struct Search {
    connection: Connection,
    searches: [String; 4],
    turn: usize,
}

impl Caller for Search {
    async fn call(&mut self) -> anyhow::Result<()> {
        self.turn += 1;
        let body = self.searches[self.turn % self.searches.len()].clone();
        self.connection.post("/api/prompts/list", body).await.map(drop)
    }
}
