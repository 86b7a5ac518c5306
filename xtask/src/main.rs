#![doc = include_str!("../README.md")]
#![expect(clippy::print_stderr, reason = "a command-line tool talks to its terminal")]

mod audit;
mod background;
mod bench;
mod budget;
mod build;
mod command;
mod serve;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, serves and checks Attune.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything for this machine and serve the studio; arguments go to `attune`.
    Serve {
        /// Passed on to `attune`, see `cargo xtask serve --help` of the server with `-- --help`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Build the release binary with everything embedded and print its path.
    Build,
    /// Check formatting, lints, docs, sizes, all tests, the wasm build and the browser tests.
    Test {
        /// Only the step of this name, e.g. `browser`.
        #[arg(long)]
        only: Option<String>,
        /// Only the browser tests with a real model, which is installed from PyPI; without it those
        /// tests run with all others, where it can be installed.
        #[arg(long, conflicts_with = "only")]
        real_model: bool,
    },
    /// Measure the release build against its budgets; a missed one is an error.
    Bench {
        /// Passed on: `--only NAME,…` for some parts, `--json` instead of the table.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Check dependencies for known faults and licences, with cargo-deny and cargo-audit where they
    /// are installed.
    Audit,
    /// Check which crates use which, and the sizes of files and functions.
    Tidy,
}

fn main() -> ExitCode {
    match run(Args::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\x1b[1;31m✗ {error:#}\x1b[0m");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Serve { args } => serve::run(&args),
        Task::Build => {
            let binary = build::release()?;
            command::say(&format!("built {}", binary.display()));
            Ok(())
        }
        Task::Test { real_model: true, .. } => test::run_real_model(),
        Task::Test { only, .. } => test::run(only.as_deref()),
        Task::Bench { args } => bench::run(&args),
        Task::Audit => audit::run(),
        Task::Tidy => tidy::run(),
    }
}
