//! Resident memory, idle and under load, on a database with 10,000 prompts.

use std::time::Duration;

use futures_util::future::try_join_all;
use tokio::time::sleep;

use crate::budget::{MEMORY_IDLE, MEMORY_STREAMING};
use crate::client::Connection;
use crate::parts::runs::{Page, env};
use crate::process::Process;
use crate::report::Measured;
use crate::setup::{Setup, Timing};

const RUNS: u32 = 200;

/// An answer of about seven seconds.
const LONG: Timing = Timing { first_token_ms: 200, token_ms: 20, tokens: 300 };

/// Measures both.
pub(super) async fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let full = setup.full().await?;
    let model = setup.model(LONG)?;
    let server = setup.server(&full.folder, &env(&model))?;
    visit(&server, full.long).await?;
    sleep(Duration::from_secs(2)).await;
    let idle = server.resident_mib()?;
    let streaming = streaming(&server).await?;
    server.stop()?;
    Ok(vec![
        Measured::new(MEMORY_IDLE, idle).noting("after a look at every page, with 10,000 prompts"),
        Measured::new(MEMORY_STREAMING, streaming).noting("the most of the whole time"),
    ])
}

async fn visit(server: &Process, id: i64) -> anyhow::Result<()> {
    let mut connection = Connection::open(&server.address).await?;
    for path in ["/", "/?q=topic77", &format!("/prompts/{id}"), "/settings"] {
        connection.get(path).await?;
    }
    Ok(())
}

/// The most memory while all runs stream.
async fn streaming(server: &Process) -> anyhow::Result<f64> {
    let mut pages = Page::open_all(server, RUNS).await?;
    try_join_all(pages.iter_mut().map(Page::start)).await?;
    try_join_all(pages.iter_mut().map(Page::first_token)).await?;
    let mut most = server.resident_mib()?;
    let mut ends = std::pin::pin!(try_join_all(pages.iter_mut().map(Page::ended)));
    loop {
        tokio::select! {
            ended = &mut ends => break ended.map(drop)?,
            () = sleep(Duration::from_millis(200)) => most = most.max(server.resident_mib()?),
        }
    }
    Ok(most)
}
