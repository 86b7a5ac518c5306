//! An answer that a limit of tokens cut: which limit it was, and what helps against that one.

use align::model::{FinishReason, Usage};
use align::record::Run;

/// Whether a limit of tokens cut the answer.
pub(super) fn is_cut(run: &Run) -> bool {
    run.finish == Some(FinishReason::Length)
}

/// What cut the answer, and what to do about it.
pub(super) fn cause_and_advice(run: &Run) -> (String, &'static str) {
    let Some(limit) = run.settings.max_output_tokens else {
        return (
            "The answer was cut at the model's default limit of output tokens.".to_owned(),
            "Set Max output tokens to a higher number, or ask for a shorter answer, and run again.",
        );
    };
    let Usage { output_tokens, thought_tokens, .. } = run.usage.unwrap_or_default();
    let counted = output_tokens.saturating_add(thought_tokens);
    if counted > 0 && counted < limit {
        return (
            format!(
                "The answer was cut after {counted} output tokens, before the limit of {limit}: the \
                 model has no room for more."
            ),
            "Shorten the prompt, ask for a shorter answer, or choose a model with a larger context \
             window.",
        );
    }
    let thoughts = match thought_tokens {
        0 => String::new(),
        thoughts => format!(", {thoughts} of them for thoughts"),
    };
    (
        format!("The answer was cut at the limit of {limit} output tokens{thoughts}."),
        "Raise Max output tokens, or ask for a shorter answer, and run again.",
    )
}

#[cfg(test)]
mod tests {
    use align::model::Settings;

    use super::super::status::tests::cut_run;
    use super::*;

    #[test]
    fn the_advice_fits_the_limit_that_cut_the_answer() {
        let check = |limit, usage: Option<(u32, u32)>, cause: &str, advice: &str| {
            let usage = usage.map(|(output_tokens, thought_tokens)| Usage {
                output_tokens,
                thought_tokens,
                input_tokens: 9,
            });
            let settings = Settings { max_output_tokens: limit, ..Settings::default() };
            let run = Run { settings, usage, ..cut_run() };
            let (said, next) = cause_and_advice(&run);
            assert!(said.contains(cause) && next.starts_with(advice), "{said} {next}");
        };
        check(None, Some((4096, 0)), "default limit", "Set Max output tokens");
        check(Some(64), Some((64, 0)), "at the limit of 64 output tokens.", "Raise Max output");
        check(Some(64), None, "at the limit of 64 output tokens.", "Raise Max output");
        check(Some(64), Some((4, 60)), "tokens, 60 of them for thoughts.", "Raise Max output");
        check(Some(8192), Some((900, 0)), "cut after 900 output tokens", "Shorten the prompt");
    }
}
