#![doc = include_str!("../README.md")]
#![recursion_limit = "256"]

mod config;
mod http;
mod logging;
mod open;
mod shutdown;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use models::Models;
use service::Studio;
use store::Store;
use tokio::net::TcpListener;

use crate::config::Config;

/// How long running work may take to end after a signal. Together with the limit for requests it
/// stays under the five seconds that the README promises.
const WORK_LIMIT: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() -> ExitCode {
    match run(Config::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Whether anybody reads it is not ours to know.
            let _ = writeln!(std::io::stderr(), "attune: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: Config) -> anyhow::Result<()> {
    logging::start(&config.log)?;
    let data = config.data_folder()?;
    let store = Store::open(&data).await.with_context(|| {
        format!("could not open the data folder {}; choose another with --data", data.display())
    })?;
    let models = Models::connect(config.models(&data)?).await?;
    let studio = Studio::open(store, models).await?;

    let listener = TcpListener::bind(config.addr).await.with_context(|| {
        format!("could not listen on {}; choose another with --addr", config.addr)
    })?;
    let addr = listener.local_addr()?;
    announce(&format!("http://{addr}"), &data)?;
    if config.open {
        open::in_browser(&format!("http://{addr}"));
    }
    http::serve(listener, studio.clone(), shutdown::signal()).await?;
    studio.shutdown(WORK_LIMIT).await;
    Ok(())
}

/// Says on standard output where the studio is: the one line that people and tests wait for.
fn announce(address: &str, data: &std::path::Path) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Attune is ready at {address} (data in {})", data.display())?;
    out.flush()?;
    Ok(())
}
