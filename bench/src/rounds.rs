//! Calling as fast as it goes, in rounds.

use std::time::{Duration, Instant};

use futures_util::future::try_join_all;

use crate::stats::median;

/// How long a round takes.
const ROUND: Duration = Duration::from_millis(1_500);

/// Rounds that count; one before them warms up.
const ROUNDS: usize = 3;

/// One caller of several.
pub(crate) trait Caller {
    /// Calls once and waits for the answer.
    async fn call(&mut self) -> anyhow::Result<()>;
}

/// Calls per second of all callers together: the median of some rounds.
pub(crate) async fn rate<C: Caller>(callers: &mut [C]) -> anyhow::Result<f64> {
    let mut rates = Vec::new();
    for round in 0..=ROUNDS {
        let rate = one_round(callers).await?;
        if round > 0 {
            rates.push(rate);
        }
    }
    Ok(median(&rates).unwrap_or_default())
}

async fn one_round<C: Caller>(callers: &mut [C]) -> anyhow::Result<f64> {
    let started = Instant::now();
    let counts = try_join_all(callers.iter_mut().map(|caller| async move {
        let mut count = 0_u32;
        while started.elapsed() < ROUND {
            caller.call().await?;
            count += 1;
        }
        anyhow::Ok(count)
    }));
    let count: u32 = counts.await?.iter().sum();
    Ok(f64::from(count) / started.elapsed().as_secs_f64())
}

/// Milliseconds of single calls, one after the other: the median of `count`, after a few to warm up.
pub(crate) async fn latency_ms(caller: &mut impl Caller, count: usize) -> anyhow::Result<f64> {
    let mut times = Vec::new();
    for turn in 0..count + 10 {
        let started = Instant::now();
        caller.call().await?;
        if turn >= 10 {
            times.push(ms(started.elapsed()));
        }
    }
    Ok(median(&times).unwrap_or_default())
}

/// Milliseconds with their fractions.
pub(crate) fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
