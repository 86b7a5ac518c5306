//! Programs that the bench starts: the server, the model server, the floor.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::machine::{field, said};

/// How long a program may take to end.
const END: Duration = Duration::from_secs(10);

/// A running program that said its address. It ends when it is dropped.
pub(crate) struct Process {
    child: Child,
    /// `host:port`.
    pub(crate) address: String,
    /// When it was started.
    pub(crate) started: Instant,
}

impl Process {
    /// Starts `program` with exactly these variables and waits until it says `http://host:port`.
    /// What it logs goes to `log`.
    pub(crate) fn start(
        program: &Path,
        args: &[&str],
        env: &[(&str, String)],
        log: &Path,
    ) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.args(args).env_clear().envs(env.iter().map(|(name, value)| (name, value)));
        command.stdout(Stdio::piped()).stderr(File::create(log)?);
        let started = Instant::now();
        let mut child = command.spawn().with_context(|| {
            format!("could not start {}; run cargo xtask bench", program.display())
        })?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let mut process = Self { child, address: String::new(), started };
        process.address = address(&line).with_context(|| {
            format!("{} did not start; see {}", program.display(), log.display())
        })?;
        Ok(process)
    }

    /// Resident memory in MiB.
    pub(crate) fn resident_mib(&self) -> anyhow::Result<f64> {
        let id = self.child.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok();
        let kib = status.and_then(|status| field(&status, "VmRSS")).or_else(|| {
            // Systems without /proc have ps; Windows has neither.
            said("ps", &["-o", "rss=", "-p", &id.to_string()])
        });
        let kib = kib.context("this system does not say how much memory a process takes")?;
        let number = kib.split_whitespace().next().unwrap_or_default();
        Ok(number.parse::<f64>()? / 1024.0)
    }

    /// The processor time it took so far, in microseconds. Linux only.
    pub(crate) fn cpu_us(&self) -> anyhow::Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let stat =
            stat.context("this system does not say how much processor time a process takes")?;
        let ticks = said("getconf", &["CLK_TCK"]).context("there is no getconf")?.parse::<f64>()?;
        Ok(cpu_ticks(&stat).context("/proc has an unknown form")? / ticks * 1e6)
    }

    /// Asks it to end and waits for that.
    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        if cfg!(unix) {
            said("kill", &["-TERM", &self.child.id().to_string()]);
        } else {
            self.child.kill()?;
        }
        let asked = Instant::now();
        while self.child.try_wait()?.is_none() {
            anyhow::ensure!(asked.elapsed() < END, "a program does not end");
            std::thread::park_timeout(Duration::from_millis(5));
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("http://")?;
    rest.split_whitespace().next().map(str::to_owned)
}

/// The 14th and 15th field, in user mode and in the kernel. The second one is the program's name in
/// parentheses, which may hold anything.
fn cpu_ticks(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut ticks = fields.split(' ').skip(11).map(str::parse::<f64>);
    Some(ticks.next()?.ok()? + ticks.next()?.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_past_the_name() {
        let stat = "71 (a) tune) S 1 71 71 0 -1 4194560 900 0 1 0 250 31 0 0 20 0 4 0 9000";
        assert_eq!(cpu_ticks(stat), Some(281.0));
        assert_eq!(cpu_ticks("71 (attune) S 1"), None);
    }

    #[test]
    fn the_address_is_read_from_the_first_line() {
        let line = "Attune is ready at http://127.0.0.1:3000 (data in /tmp/x)\n";
        assert_eq!(address(line).as_deref(), Some("127.0.0.1:3000"));
        assert_eq!(address("http://127.0.0.1:1\n").as_deref(), Some("127.0.0.1:1"));
        assert_eq!(address("error"), None);
    }
}
