//! Numbers in environment variables: time limits, retries, calls at once.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{ConfigError, Endpoint};
use crate::http::Limits;
use crate::retries::Retries;
use crate::{anthropic, gemini, ollama, openai, vertex};

/// The longest time that can be set, in seconds: a day.
const MAX_SECONDS: f64 = 86_400.0;

/// The most tries of one call that can be set.
const MAX_TRIES: u32 = 10;

/// The most calls at once that can be set.
const MAX_CALLS: usize = 10_000;

/// The variable that says how many calls each provider gets at once.
const VARIABLE: &str = "ATTUNE_CONCURRENCY";

/// The providers that have a name of their own.
const PROVIDERS: [&str; 6] =
    [gemini::ID, vertex::ID, openai::ID, anthropic::ID, ollama::ID, demo::ID];

/// How many calls a provider answers at once before further ones stand in line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concurrency {
    /// Of every provider that is not named.
    pub usual: Option<usize>,
    /// By the identifier of the provider.
    pub named: BTreeMap<String, usize>,
}

impl Concurrency {
    /// Reads `ATTUNE_CONCURRENCY`: a number for all, numbers by provider, or both, such as
    /// `64,ollama=2`.
    fn read(value: &str) -> Result<Self, ConfigError> {
        let problem = "is not a number of calls from 1 to 10000, with more by provider if need be, \
            such as 64 or 64,ollama=2";
        let invalid = || ConfigError::InvalidValue { name: VARIABLE.to_owned(), problem };
        let number = |text: &str| {
            let number = text.trim().parse().ok();
            number.filter(|number| (1..=MAX_CALLS).contains(number)).ok_or_else(invalid)
        };
        let mut concurrency = Self::default();
        for part in value.split(',') {
            match part.split_once('=') {
                None => concurrency.usual = Some(number(part)?),
                Some((provider, calls)) => {
                    let provider = provider.trim().to_owned();
                    concurrency.named.insert(provider, number(calls)?);
                }
            }
        }
        Ok(concurrency)
    }

    /// Refuses names that no provider has.
    pub(crate) fn check(&self, endpoints: &[Endpoint]) -> Result<(), ConfigError> {
        let is_known = |name: &str| {
            PROVIDERS.contains(&name) || endpoints.iter().any(|endpoint| endpoint.name == name)
        };
        if self.named.keys().all(|name| is_known(name)) {
            return Ok(());
        }
        Err(ConfigError::InvalidValue {
            name: VARIABLE.to_owned(),
            problem: "names a provider that there is not; there are gemini, vertex, openai, \
                anthropic, ollama, demo, and the endpoints of the models file",
        })
    }

    /// The number for a provider whose own default is `default`.
    pub(crate) fn of(&self, provider: &str, default: usize) -> usize {
        self.named.get(provider).copied().or(self.usual).unwrap_or(default)
    }
}

/// Reads the time limits of calls.
pub(super) fn limits(get: &impl Fn(&str) -> Option<String>) -> Result<Limits, ConfigError> {
    let Limits { connect, first_token, silence } = Limits::default();
    Ok(Limits {
        connect: seconds(get, "ATTUNE_CONNECT_TIMEOUT")?.unwrap_or(connect),
        first_token: seconds(get, "ATTUNE_FIRST_TOKEN_TIMEOUT")?.unwrap_or(first_token),
        silence: seconds(get, "ATTUNE_SILENCE_TIMEOUT")?.unwrap_or(silence),
    })
}

/// Reads when calls are tried again.
pub(super) fn retries(get: &impl Fn(&str) -> Option<String>) -> Result<Retries, ConfigError> {
    let usual = Retries::default();
    Ok(Retries {
        tries: tries(get, "ATTUNE_TRIES")?.unwrap_or(usual.tries),
        limit: seconds(get, "ATTUNE_RETRY_LIMIT")?.unwrap_or(usual.limit),
        pause: seconds(get, "ATTUNE_RETRY_PAUSE")?.unwrap_or(usual.pause),
        jitter: usual.jitter,
    })
}

/// Reads how many calls each provider gets at once.
pub(super) fn concurrency(
    get: &impl Fn(&str) -> Option<String>,
) -> Result<Concurrency, ConfigError> {
    get(VARIABLE).map_or(Ok(Concurrency::default()), |value| Concurrency::read(&value))
}

/// Seconds above 0 and at most a day, perhaps with a fraction.
fn seconds(
    get: &impl Fn(&str) -> Option<String>,
    name: &str,
) -> Result<Option<Duration>, ConfigError> {
    let Some(value) = get(name) else { return Ok(None) };
    let seconds = value.parse().ok().filter(|seconds| *seconds > 0.0 && *seconds <= MAX_SECONDS);
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.map(Some).ok_or_else(|| ConfigError::InvalidValue {
        name: name.to_owned(),
        problem: "is not a number of seconds above 0 and at most 86400, such as 30 or 2.5",
    })
}

fn tries(get: &impl Fn(&str) -> Option<String>, name: &str) -> Result<Option<u32>, ConfigError> {
    let Some(value) = get(name) else { return Ok(None) };
    let tries = value.parse().ok().filter(|tries| (1..=MAX_TRIES).contains(tries));
    tries.map(Some).ok_or_else(|| ConfigError::InvalidValue {
        name: name.to_owned(),
        problem: "is not a number of tries from 1 (never again) to 10",
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::Config;

    fn read(name: &str, value: &str) -> Result<Config, ConfigError> {
        Config::from_env(|known| (known == name).then(|| value.to_owned()))
    }

    fn check_error(name: &str, value: &str, expected: &Expect) {
        expected.assert_eq(&read(name, value).unwrap_err().to_string());
    }

    #[test]
    fn each_limit_has_its_variable() {
        let limits = |name: &str| read(name, "2.5").unwrap().limits;
        let expected = Duration::from_millis(2_500);
        assert_eq!(limits("ATTUNE_CONNECT_TIMEOUT").connect, expected);
        assert_eq!(limits("ATTUNE_FIRST_TOKEN_TIMEOUT").first_token, expected);
        assert_eq!(limits("ATTUNE_SILENCE_TIMEOUT").silence, expected);
        assert_eq!(limits("ATTUNE_ELSE"), Limits::default());
    }

    #[test]
    fn retries_can_be_changed_and_switched_off() {
        assert_eq!(read("ATTUNE_TRIES", "1").unwrap().retries.tries, 1);
        let seconds = |name| read(name, "20").unwrap().retries;
        assert_eq!(seconds("ATTUNE_RETRY_LIMIT").limit, Duration::from_secs(20));
        assert_eq!(seconds("ATTUNE_RETRY_PAUSE").pause, Duration::from_secs(20));
    }

    #[test]
    fn calls_at_once_are_set_for_all_or_by_provider() {
        let of = |value: &str, provider| {
            read("ATTUNE_CONCURRENCY", value).unwrap().concurrency.of(provider, 7)
        };
        assert_eq!((of("64", "ollama"), of("64,ollama=2", "ollama")), (64, 2));
        assert_eq!((of("ollama = 2", "gemini"), of("", "gemini")), (7, 7));
    }

    #[test]
    fn wrong_numbers_say_what_would_be_right() {
        for value in ["0", "-1", "ten", "NaN", "inf", "86401"] {
            assert!(read("ATTUNE_SILENCE_TIMEOUT", value).is_err(), "{value}");
        }
        check_error(
            "ATTUNE_SILENCE_TIMEOUT",
            "ten",
            &expect![[
                r"ATTUNE_SILENCE_TIMEOUT is not a number of seconds above 0 and at most 86400, such as 30 or 2.5"
            ]],
        );
        check_error(
            "ATTUNE_TRIES",
            "0",
            &expect![[r"ATTUNE_TRIES is not a number of tries from 1 (never again) to 10"]],
        );
        check_error(
            "ATTUNE_CONCURRENCY",
            "ollama=none",
            &expect![[
                r"ATTUNE_CONCURRENCY is not a number of calls from 1 to 10000, with more by provider if need be, such as 64 or 64,ollama=2"
            ]],
        );
    }
}
