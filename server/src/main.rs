#![doc = include_str!("../README.md")]
#![recursion_limit = "256"]

mod config;
mod copies;
mod http;
mod logging;
mod open;
mod rotation;
mod shutdown;
mod trouble;

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use models::Models;
use service::{Secrets, ServiceError, Studio};
use store::Store;
use tokio::net::TcpListener;

use crate::config::{Command, Config, secret_key};

/// How long running work may take to end after a signal. Together with the limit for requests it
/// stays under the five seconds that the README promises.
const WORK_LIMIT: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() -> ExitCode {
    let config = Config::parse();
    let done = match &config.command {
        Some(Command::Backup(backup)) => copies::backup(&config, backup).await,
        Some(Command::Restore(copying)) => copies::restore(&config, copying).await,
        Some(Command::RotateKey) => rotation::rotate(&config).await,
        None => serve(config).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Whether anybody reads it is not ours to know.
            let _ = writeln!(std::io::stderr(), "attune: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: Config) -> anyhow::Result<()> {
    logging::start(&config.log)?;
    config.check_address()?;
    let data = config.data_folder()?;
    let store = Store::open(&data).await.map_err(|error| trouble::describe(error, &data))?;
    let models = Models::connect(config.models(&data)?).await?;
    let secrets = Secrets::open(&data, secret_key().as_deref())?;
    let studio = Studio::open_with(store, models, secrets).await.map_err(|error| match error {
        ServiceError::Unavailable { source, .. } => trouble::describe(source, &data),
        error => error.into(),
    })?;

    let listener = TcpListener::bind(config.addr).await.with_context(|| {
        format!("could not listen on {}; choose another with --addr", config.addr)
    })?;
    let addr = listener.local_addr()?;
    let hosts = config.hosts(addr)?;
    if let Some(warning) = config.remote_warning() {
        // Also where nothing is logged.
        let _ = writeln!(std::io::stderr(), "attune: {warning}");
    }
    let address = format!("http://{}", here(addr));
    say(&format!("Attune is ready at {address} (data in {})", data.display()))?;
    if config.open {
        open::in_browser(&address);
    }
    http::serve(listener, hosts, studio.clone(), shutdown::signal()).await?;
    studio.shutdown(WORK_LIMIT).await;
    Ok(())
}

/// Says on standard output what people and scripts wait for: one line.
fn say(line: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()?;
    Ok(())
}

/// The address under which this machine reaches a server that listens at `addr`: “any address” is none.
fn here(mut addr: SocketAddr) -> SocketAddr {
    match addr.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => addr.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => addr.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    addr
}
