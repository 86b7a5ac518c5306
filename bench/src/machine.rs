//! The machine that the figures depend on.

use std::fmt;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

/// What a figure depends on besides the program.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Machine {
    /// The processor's name.
    pub(crate) cpu: String,
    /// Threads that run at once.
    pub(crate) cores: usize,
    /// Memory, in MiB; 0 where it is not known.
    pub(crate) memory_mib: u64,
    /// Kernel with its version.
    pub(crate) system: String,
    /// How the database makes a commit durable.
    pub(crate) sync_mode: String,
}

impl Machine {
    /// Looks at this machine; `folder` is where databases are made.
    pub(crate) async fn look(folder: &Path) -> Self {
        let unknown = || "unknown".to_owned();
        Self {
            cpu: cpu().unwrap_or_else(unknown),
            cores: std::thread::available_parallelism().map_or(0, Into::into),
            memory_mib: memory_mib().unwrap_or(0),
            system: said("uname", &["-sr"]).unwrap_or_else(|| std::env::consts::OS.to_owned()),
            sync_mode: sync_mode(folder).await.unwrap_or_else(unknown),
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cpu, cores, memory_mib, system, sync_mode } = self;
        write!(f, "{cpu}, {cores} cores, {memory_mib} MiB, {system}; commits: {sync_mode}")
    }
}

fn cpu() -> Option<String> {
    let info = std::fs::read_to_string("/proc/cpuinfo").ok();
    let line = info.and_then(|info| field(&info, "model name"));
    line.or_else(|| said("sysctl", &["-n", "machdep.cpu.brand_string"]))
        .or_else(|| said("uname", &["-m"]))
}

fn memory_mib() -> Option<u64> {
    if let Ok(info) = std::fs::read_to_string("/proc/meminfo") {
        let total = field(&info, "MemTotal")?;
        return total.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib >> 10);
    }
    said("sysctl", &["-n", "hw.memsize"])?.parse::<u64>().ok().map(|bytes| bytes >> 20)
}

/// The value of the first line `name: value`.
pub(crate) fn field(text: &str, name: &str) -> Option<String> {
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs.find(|(known, _)| known.trim() == name).map(|(_, value)| value.trim().to_owned())
}

/// What a program writes, if it is there and succeeds.
pub(crate) fn said(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

/// Asks a store that is opened as the server opens it.
async fn sync_mode(folder: &Path) -> Option<String> {
    let folder = tempfile::tempdir_in(folder).ok()?;
    let store = store::Store::open(folder.path()).await.ok()?;
    let mode = store.sync_mode().await.ok()?;
    store.close().await.ok()?;
    Some(mode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_their_whole_name() {
        let text = "MemTotalX: 3 kB\nMemTotal:       2048 kB\n";
        assert_eq!(field(text, "MemTotal").as_deref(), Some("2048 kB"));
        assert_eq!(field(text, "Mem"), None);
    }

    #[tokio::test]
    async fn the_sync_mode_is_asked_of_a_real_store() {
        let folder = tempfile::tempdir().unwrap();
        let mode = sync_mode(folder.path()).await.unwrap();
        assert!(mode.contains("wal") && mode.contains("FULL"), "{mode}");
    }
}
