//! Why nothing of an answer has arrived yet.

use serde::{Deserialize, Serialize};

/// What a run or draft waits for before its model answers. Known while it lasts, never stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// Its turn: the provider answers as many calls as it may at once.
    Turn {
        /// Its place in the line, from 1.
        place: u32,
        /// The provider as people know it.
        provider: String,
    },
    /// The pause before another try.
    Retry {
        /// The number of that try; the first retry is try 2.
        next_try: u32,
        /// How many tries there are at most.
        tries: u32,
        /// What is left of the pause, in milliseconds, when this was said. Not a moment, because
        /// the clocks of browser and server may differ.
        wait_ms: u64,
        /// One sentence saying why the last try failed.
        cause: String,
    },
}

impl Waiting {
    /// The same some milliseconds later.
    #[must_use]
    pub fn later(mut self, elapsed_ms: u64) -> Self {
        if let Self::Retry { wait_ms, .. } = &mut self {
            *wait_ms = wait_ms.saturating_sub(elapsed_ms);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_gets_shorter_and_a_place_does_not() {
        let retry = |wait_ms| Waiting::Retry { next_try: 2, tries: 4, wait_ms, cause: "x".into() };
        assert_eq!(retry(5_000).later(2_000), retry(3_000));
        assert_eq!(retry(5_000).later(9_000), retry(0));
        let turn = Waiting::Turn { place: 2, provider: "Ollama".into() };
        assert_eq!(turn.clone().later(9_000), turn);
    }
}
