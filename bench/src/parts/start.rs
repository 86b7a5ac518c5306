//! From the start of the process to the first 200 of `/healthz`.

use std::path::Path;

use crate::budget::{START_EMPTY, START_FULL};
use crate::client::Connection;
use crate::report::Measured;
use crate::rounds::ms;
use crate::setup::Setup;
use crate::stats::median;

const ROUNDS: usize = 9;

/// Measures both, with the settings a newcomer has: it also looks for an Ollama.
pub(super) async fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let mut empty = Vec::new();
    for _ in 0..ROUNDS {
        let data = setup.fresh("empty");
        empty.push(once(setup, &data).await?);
    }
    let full = setup.full().await?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        times.push(once(setup, &full.folder).await?);
    }
    let of = |times: &[f64]| median(times).unwrap_or(f64::NAN);
    Ok(vec![Measured::new(START_EMPTY, of(&empty)), Measured::new(START_FULL, of(&times))])
}

async fn once(setup: &mut Setup, data: &Path) -> anyhow::Result<f64> {
    let server = setup.server(data, &[])?;
    Connection::open(&server.address).await?.get("/healthz").await?;
    let took = ms(server.started.elapsed());
    server.stop()?;
    Ok(took)
}
