//! What a run or draft waits for, in words.
//!
//! The pause before another try is counted down for the eye alone: a live region that changed every
//! second would talk all the time. It says the words of the beginning once.

use std::time::Duration;

use align::record::Waiting;
use leptos::prelude::*;

use crate::browser;

/// How often the seconds are counted.
const TICK: Duration = Duration::from_secs(1);

/// The wait in one line, for a live region: its seconds are those of its beginning.
pub(crate) fn words(waiting: &Waiting) -> String {
    match waiting {
        Waiting::Turn { place: 1, provider } => format!("Next in line for {provider}"),
        Waiting::Turn { place, provider } => format!("{} in line for {provider}", ordinal(*place)),
        Waiting::Retry { wait_ms, .. } => counted(waiting, seconds(*wait_ms)),
    }
}

/// Why it waits, in full sentences.
pub(crate) fn reason(waiting: &Waiting) -> String {
    match waiting {
        Waiting::Turn { provider, .. } => {
            format!(
                "{provider} answers others first. Yours begins when its turn comes; Stop leaves the line."
            )
        }
        Waiting::Retry { cause, .. } => {
            format!("{cause} It is tried again by itself; Stop ends the wait.")
        }
    }
}

/// Whether there is a pause to count down.
pub(crate) fn is_counted(waiting: Option<&Waiting>) -> bool {
    matches!(waiting, Some(Waiting::Retry { .. }))
}

/// The pause before another try, counted down; not for screen readers.
#[component]
pub(crate) fn Countdown(waiting: Memo<Option<Waiting>>) -> impl IntoView {
    let left = seconds_left(waiting);
    move || waiting.with(|waiting| waiting.as_ref().map(|waiting| counted(waiting, left.get())))
}

fn counted(waiting: &Waiting, left: u64) -> String {
    let Waiting::Retry { next_try, tries, .. } = waiting else { return words(waiting) };
    match left {
        0 => format!("Trying again, try {next_try} of {tries}"),
        left => format!("Waiting {left} s, try {next_try} of {tries}"),
    }
}

/// The whole seconds that are left of a pause.
fn seconds_left(waiting: Memo<Option<Waiting>>) -> RwSignal<u64> {
    let whole = move |waiting: &Option<Waiting>| match waiting {
        Some(Waiting::Retry { wait_ms, .. }) => *wait_ms,
        _ => 0,
    };
    let left = RwSignal::new(seconds(waiting.with_untracked(whole)));
    Effect::new(move || {
        let wait_ms = waiting.with(whole);
        left.set(seconds(wait_ms));
        if wait_ms == 0 {
            return;
        }
        let begun = browser::now_ms();
        let count = move || {
            left.set(seconds(wait_ms.saturating_sub(browser::now_ms().saturating_sub(begun))));
        };
        if let Ok(timer) = set_interval_with_handle(count, TICK) {
            on_cleanup(move || timer.clear());
        }
    });
    left
}

/// The seconds since this was called in the browser, counted.
pub(crate) fn seconds_since_shown() -> RwSignal<u64> {
    let elapsed = RwSignal::new(0);
    Effect::new(move || {
        let begun = browser::now_ms();
        let count = move || elapsed.set(browser::now_ms().saturating_sub(begun) / 1000);
        if let Ok(timer) = set_interval_with_handle(count, TICK) {
            on_cleanup(move || timer.clear());
        }
    });
    elapsed
}

fn seconds(ms: u64) -> u64 {
    ms.div_ceil(1000)
}

/// "2nd", "3rd", "11th".
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_reads_as_one_line() {
        let turn = |place| words(&Waiting::Turn { place, provider: "Ollama".to_owned() });
        assert_eq!(turn(1), "Next in line for Ollama");
        assert_eq!(turn(2), "2nd in line for Ollama");
        assert_eq!(
            (ordinal(11), ordinal(23), ordinal(101)),
            ("11th".into(), "23rd".into(), "101st".into())
        );
        let cause = "Gemini answered 503: it is overloaded.".to_owned();
        let retry = Waiting::Retry { next_try: 2, tries: 4, wait_ms: 11_200, cause };
        assert_eq!(words(&retry), "Waiting 12 s, try 2 of 4");
        assert_eq!(counted(&retry, 0), "Trying again, try 2 of 4");
        assert!(reason(&retry).starts_with("Gemini answered 503: it is overloaded. It is tried"));
    }
}
