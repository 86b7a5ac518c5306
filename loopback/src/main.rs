//! The model server for tests, as a program.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use loopback::{Loopback, Options};

const USAGE: &str = "usage: loopback [--port N] [--first-token-ms N] [--token-ms N] [--tokens N]";

#[tokio::main]
async fn main() -> ExitCode {
    let Some(options) = read(std::env::args().skip(1)) else {
        let _ = writeln!(io::stderr(), "{USAGE}");
        return ExitCode::FAILURE;
    };
    match serve(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "loopback: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> io::Result<()> {
    let server = Loopback::start_with(options).await?;
    writeln!(io::stdout(), "{}", server.base_url())?;
    server.run().await;
    Ok(())
}

/// Reads the flags; `None` if one of them is unknown or has no number.
fn read(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options::default();
    while let Some(flag) = arguments.next() {
        let number: u32 = arguments.next()?.parse().ok()?;
        let duration = Some(Duration::from_millis(number.into()));
        match flag.as_str() {
            "--port" => options.port = number.try_into().ok()?,
            "--first-token-ms" => options.first_token = duration,
            "--token-ms" => options.token = duration,
            "--tokens" => options.tokens = number.try_into().ok(),
            _ => return None,
        }
    }
    Some(options)
}
