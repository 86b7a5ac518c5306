//! The time that this thread worked. Fuzzers run beside everything else a machine does, so that the
//! time on the wall says little.

use std::time::{Duration, Instant};

pub(crate) struct Clock {
    worked: Option<Duration>,
    started: Instant,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { worked: worked(), started: Instant::now() }
    }

    /// On Linux the time on a processor, elsewhere the time on the wall.
    pub(crate) fn elapsed(&self) -> Duration {
        match (self.worked, worked()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.started.elapsed(),
        }
    }
}

fn worked() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(stat.split(' ').next()?.parse().ok()?))
}
