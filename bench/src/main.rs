#![doc = include_str!("../README.md")]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the table goes to the terminal, what happens meanwhile beside it"
)]

mod budget;
mod client;
mod floor;
mod machine;
mod parts;
mod process;
mod report;
mod rounds;
mod seed;
mod setup;
mod stats;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::machine::Machine;
use crate::report::Report;
use crate::setup::Setup;

/// Measures `attune` against its budgets.
#[derive(Parser)]
#[command(name = "cargo xtask bench")]
struct Args {
    /// Only the parts whose name contains this; several are divided by commas.
    #[arg(long)]
    only: Option<String>,
    /// Print JSON instead of the table.
    #[arg(long)]
    json: bool,
    /// The release binary of the server.
    #[arg(long, env = "ATTUNE_BIN", hide = true)]
    attune: Option<PathBuf>,
    /// The release binary of the model server.
    #[arg(long, env = "LOOPBACK_BIN", hide = true)]
    loopback: Option<PathBuf>,
    /// The root of the workspace.
    #[arg(long, env = "ATTUNE_ROOT", hide = true, default_value = ".")]
    root: PathBuf,
    #[command(subcommand)]
    mode: Option<Mode>,
}

#[derive(Subcommand)]
enum Mode {
    /// Be the bare handlers that the server is compared with; for the bench itself.
    #[command(hide = true)]
    Floor,
}

// One thread: the client must leave the cores to what it measures.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = match args.mode {
        Some(Mode::Floor) => floor::serve().await.map(|()| true),
        None => bench(args).await,
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Measures, prints, and says whether every budget is met.
async fn bench(args: Args) -> anyhow::Result<bool> {
    let parts = parts::chosen(args.only.as_deref())?;
    let mut setup = Setup::new(&args.root, args.attune, args.loopback)?;
    let mut report = Report::new(Machine::look(setup.folder()).await);
    for part in parts {
        eprintln!("  {}: {}", part.name, part.what);
        match part.measure(&mut setup).await {
            Ok(measured) => report.add(part.name, measured),
            Err(error) => report.fail(part.name, &error),
        }
    }
    println!("{}", if args.json { report.json() } else { report.table() });
    Ok(report.is_met())
}
