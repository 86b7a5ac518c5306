//! Whether a call that failed is tried again, and when.

use std::time::{Duration, Instant};

use crate::error::{Cause, Limit, ModelError};

/// How far the pauses of different callers are spread when the provider names one itself.
const SPREAD: Duration = Duration::from_millis(500);

/// When to call again. Only calls of which nothing has arrived are repeated, and only after causes
/// that pass by themselves: a rate limit, overload, a connection that was refused or broke.
#[derive(Clone, Copy, Debug)]
pub struct Retries {
    /// How often a call is tried at most, the first time included; at least 1.
    pub tries: u32,
    /// No pause ends later than this after the first try began.
    pub limit: Duration,
    /// The longest first pause; each further one may be twice as long.
    pub pause: Duration,
    /// Gives a number from 0 up to 1 that spreads the pauses, so that callers which failed together
    /// do not come back together.
    pub jitter: fn() -> f64,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            tries: 4,
            limit: Duration::from_mins(1),
            pause: Duration::from_secs(2),
            jitter: random,
        }
    }
}

impl Retries {
    /// One try and no more.
    pub fn none() -> Self {
        Self { tries: 1, ..Self::default() }
    }

    /// The pause after `failed` tries: exponential with equal jitter (half fixed, half random), but
    /// never shorter than the provider asks for.
    fn pause_after(&self, failed: u32, asked: Option<Duration>) -> Duration {
        let longest = self.pause.saturating_mul(2_u32.saturating_pow(failed.saturating_sub(1)));
        let jitter = (self.jitter)().clamp(0.0, 1.0);
        let own = longest.mul_f64(0.5 + jitter / 2.0);
        let asked = asked.map(|asked| asked.saturating_add(SPREAD.min(self.pause).mul_f64(jitter)));
        asked.map_or(own, |asked| asked.max(own))
    }
}

/// The tries of one call.
#[derive(Debug)]
pub(crate) struct Tries {
    retries: Retries,
    started: Instant,
    made: u32,
}

/// A pause before another try.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pause {
    pub(crate) duration: Duration,
    /// The number of the next try, from 2.
    pub(crate) next_try: u32,
}

impl Tries {
    /// The first try begins now.
    pub(crate) fn new(retries: Retries) -> Self {
        Self { retries, started: Instant::now(), made: 0 }
    }

    /// What follows a try that failed before anything arrived: a pause, or this error as the end.
    pub(crate) fn after(&mut self, error: &mut ModelError) -> Option<Pause> {
        self.made += 1;
        error.tries = self.made;
        if self.made >= self.retries.tries || !passes(&error.cause) {
            return None;
        }
        let duration = self.retries.pause_after(self.made, error.retry_after());
        let is_in_time = self.started.elapsed().saturating_add(duration) <= self.retries.limit;
        is_in_time.then_some(Pause { duration, next_try: self.made + 1 })
    }
}

/// Whether the cause may be gone after a pause.
fn passes(cause: &Cause) -> bool {
    match cause {
        Cause::RateLimit { .. }
        | Cause::NoAnswer
        | Cause::Timeout { limit: Limit::Connect, .. }
        | Cause::Unreachable { may_pass: true, .. } => true,
        // The server errors that OpenAI, Google and Anthropic document as worth another try; an
        // error without a status came as the first event of a stream.
        Cause::Provider { status, .. } => {
            status.is_none_or(|status| matches!(status, 408 | 500 | 502 | 503 | 504 | 529))
        }
        _ => false,
    }
}

/// A random number from 0 up to 1; one half where the system gives none.
fn random() -> f64 {
    let number = getrandom::u32().unwrap_or(u32::MAX / 2);
    f64::from(number) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIXED: Retries = Retries {
        tries: 4,
        limit: Duration::from_mins(1),
        pause: Duration::from_secs(2),
        jitter: || 0.5,
    };

    fn limited(retry_after_s: Option<u64>) -> ModelError {
        let retry_after = retry_after_s.map(Duration::from_secs);
        ModelError::new("Gemini", Cause::RateLimit { status: Some(429), retry_after, said: None })
    }

    fn pauses_ms(retries: Retries, retry_after_s: Option<u64>) -> Vec<u128> {
        let mut tries = Tries::new(retries);
        let next = || tries.after(&mut limited(retry_after_s)).map(|it| it.duration.as_millis());
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn pauses_double_and_end_after_four_tries() {
        assert_eq!(pauses_ms(FIXED, None), [1_500, 3_000, 6_000]);
        assert_eq!(pauses_ms(Retries { jitter: || 0.0, ..FIXED }, None), [1_000, 2_000, 4_000]);
        assert_eq!(pauses_ms(Retries { tries: 1, ..FIXED }, None), [0; 0]);
    }

    #[test]
    fn a_provider_that_asks_to_wait_is_obeyed_and_spread() {
        assert_eq!(pauses_ms(FIXED, Some(12)), [12_250, 12_250, 12_250]);
        assert_eq!(pauses_ms(FIXED, Some(0)), [1_500, 3_000, 6_000]);
    }

    #[test]
    fn nobody_waits_longer_than_the_limit() {
        assert_eq!(pauses_ms(FIXED, Some(61)), [0; 0]);
        let mut tries = Tries::new(FIXED);
        tries.started = tries.started.checked_sub(Duration::from_secs(50)).unwrap();
        assert_eq!(tries.after(&mut limited(Some(12))), None);
        let mut tries = Tries::new(FIXED);
        tries.started = tries.started.checked_sub(Duration::from_secs(50)).unwrap();
        assert!(tries.after(&mut limited(None)).is_some_and(|pause| pause.next_try == 2));
    }

    #[test]
    fn the_error_knows_how_often_it_was_tried() {
        let mut tries = Tries::new(FIXED);
        let mut error = limited(None);
        for _ in 0..4 {
            error = limited(None);
            tries.after(&mut error);
        }
        assert_eq!(error.tries, 4);
    }

    #[test]
    fn what_does_not_pass_is_tried_once() {
        let status = |status| Cause::Provider { status, retry_after: None, said: None };
        let unreachable = |may_pass| Cause::Unreachable {
            address: String::new(),
            reason: String::new(),
            may_pass,
            source: None,
        };
        assert!([408, 500, 502, 503, 504, 529].into_iter().all(|it| passes(&status(Some(it)))));
        assert!(![501, 505, 511].into_iter().any(|it| passes(&status(Some(it)))));
        assert!(passes(&unreachable(true)) && !passes(&unreachable(false)));
        let never = [
            Cause::Authentication { status: Some(401), said: None },
            Cause::InvalidRequest { status: Some(400), said: None },
            Cause::NoCredit { status: Some(402), said: None },
            Cause::Malformed { what: "a web page".into() },
            Cause::Timeout { limit: Limit::FirstToken, after: Duration::from_secs(1) },
            Cause::NotConnected,
        ];
        assert!(!never.iter().any(passes));
    }

    #[test]
    fn random_numbers_stay_in_their_range() {
        assert!((0..1_000).all(|_| (0.0..1.0).contains(&random())));
    }
}
