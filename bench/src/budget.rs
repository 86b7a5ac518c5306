//! The budgets: every figure that is promised, with its limit.

use serde::Serialize;

/// A figure that is promised.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Budget {
    /// The part of the bench that measures it.
    #[serde(skip)]
    pub(crate) part: &'static str,
    /// What is measured; unique.
    pub(crate) figure: &'static str,
    /// What the numbers count.
    pub(crate) unit: &'static str,
    /// What is promised.
    pub(crate) limit: Limit,
}

/// A promise.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Limit {
    /// Smaller is better.
    AtMost(f64),
    /// Larger is better.
    AtLeast(f64),
}

impl Limit {
    /// Whether `value` keeps the promise. What is not a number keeps none.
    pub(crate) fn is_met_by(self, value: f64) -> bool {
        match self {
            Self::AtMost(limit) => value <= limit,
            Self::AtLeast(limit) => value >= limit,
        }
    }
}

const fn at_most(
    part: &'static str,
    figure: &'static str,
    unit: &'static str,
    limit: f64,
) -> Budget {
    Budget { part, figure, unit, limit: Limit::AtMost(limit) }
}

const fn at_least(
    part: &'static str,
    figure: &'static str,
    unit: &'static str,
    limit: f64,
) -> Budget {
    Budget { part, figure, unit, limit: Limit::AtLeast(limit) }
}

/// Time to first token through Attune (server function called → event received) minus the model
/// server's own.
pub(crate) const FIRST_TOKEN_MEDIAN: &str = "added time to first token, 1 run, median";
pub(crate) const FIRST_TOKEN_P99: &str = "added time to first token, 1 run, p99";
pub(crate) const FIRST_TOKEN_30: &str = "the same, 30 runs at once, median";
pub(crate) const FIRST_TOKEN_200: &str = "the same, 200 runs at once, median";
pub(crate) const FAILED_RUNS: &str = "runs that failed meanwhile";
pub(crate) const BESIDE_BULK: &str = "first token beside 1,000 bulk calls, after the rest of one";
/// From the first listener that has an event to the last one.
pub(crate) const LAST_LISTENER: &str =
    "500 listeners of one prompt, 200 tokens/s: the last, median";
pub(crate) const LISTENER_CPU: &str = "the same, the server's CPU time per delivered event";
pub(crate) const START_EMPTY: &str = "process start to /healthz 200, empty";
pub(crate) const START_FULL: &str = "process start to /healthz 200, 10,000 prompts";
pub(crate) const MEMORY_IDLE: &str = "resident memory, idle";
pub(crate) const MEMORY_STREAMING: &str = "resident memory, 200 runs streaming";
pub(crate) const WIRE_SIZE_PROMPTS: &str = "wasm + JS + CSS over the wire (brotli), Prompts page";
pub(crate) const WIRE_SIZE_WORKBENCH: &str = "the same, workbench";
pub(crate) const WIRE_SIZE_OTHERS: &str = "the same, the largest of the other pages";
pub(crate) const WORKBENCH_SHORT: &str = "workbench page, prompt with 1 version";
pub(crate) const WORKBENCH_LONG: &str = "workbench page, prompt with 10,000 versions";
pub(crate) const PROMPTS_PAGE: &str = "Prompts page with 10,000 prompts";
pub(crate) const PROMPTS_SEARCH: &str = "search in 10,000 prompts";
pub(crate) const STORE_LIST: &str = "list of 10,000 prompts, the store alone";
pub(crate) const STORE_SEARCH: &str = "search in 10,000 prompts, the store alone";
pub(crate) const STORE_HISTORY: &str = "10,000 versions: newest, first page, the store alone";
pub(crate) const WRITES_1: &str = "durable version writes, 1 client";
pub(crate) const WRITES_8: &str = "durable version writes, 8 clients";
pub(crate) const READS_8: &str = "reads of a prompt's newest version, 8 clients";
pub(crate) const REWRITE_1: &str = "rewrite from 1 guideline, model of 200 ms";
pub(crate) const REWRITE_4: &str = "the same from 4 guidelines";
pub(crate) const REWRITE_8: &str = "the same from 8 guidelines";
pub(crate) const REWRITE_CALLS: &str = "model calls of such a rewrite, the most";
pub(crate) const DISTILLATION_CALLS: &str = "model calls of a distillation, the most";
pub(crate) const THREE_DRAFTS: &str = "three drafts at once, in times of one";
pub(crate) const FIRST_PAINT: &str = "first contentful paint of a workbench, cold cache";
pub(crate) const FIRST_PAINT_PROMPTS: &str = "the same, Prompts page";
pub(crate) const RUN_REACTS: &str = "Run reacts, cold cache";
pub(crate) const PROMPTS_LIVE: &str = "the Prompts page is live, cold cache";
pub(crate) const DIFF_SHOWN: &str = "draft of a 20,000-character prompt: reply → diff on screen";
pub(crate) const LONGEST_TASK: &str = "longest main-thread task, 4,000 tokens at 200 tokens/s";
pub(crate) const LONGEST_TASK_TABLE: &str = "the same, all of it one table";

/// All of them, in the order of the table.
pub(crate) const BUDGETS: &[Budget] = &[
    at_most("first-token", FIRST_TOKEN_MEDIAN, "ms", 3.0),
    at_most("first-token", FIRST_TOKEN_P99, "ms", 10.0),
    at_most("first-token", FIRST_TOKEN_30, "ms", 10.0),
    at_most("first-token", FIRST_TOKEN_200, "ms", 30.0),
    at_most("first-token", FAILED_RUNS, "runs", 0.0),
    at_most("bulk", BESIDE_BULK, "ms", 3.0),
    at_most("listeners", LAST_LISTENER, "ms", 20.0),
    at_most("listeners", LISTENER_CPU, "µs", 25.0),
    at_most("start", START_EMPTY, "ms", 300.0),
    at_most("start", START_FULL, "ms", 300.0),
    at_most("memory", MEMORY_IDLE, "MiB", 50.0),
    at_most("memory", MEMORY_STREAMING, "MiB", 150.0),
    at_most("size", WIRE_SIZE_PROMPTS, "KiB", 260.0),
    at_most("size", WIRE_SIZE_WORKBENCH, "KiB", 560.0),
    at_most("size", WIRE_SIZE_OTHERS, "KiB", 360.0),
    at_most("pages", WORKBENCH_SHORT, "ms", 10.0),
    at_most("pages", WORKBENCH_LONG, "ms", 15.0),
    at_most("pages", PROMPTS_PAGE, "ms", 20.0),
    at_most("pages", PROMPTS_SEARCH, "ms", 20.0),
    at_most("store", STORE_LIST, "ms", 10.0),
    at_most("store", STORE_SEARCH, "ms", 60.0),
    at_most("store", STORE_HISTORY, "ms", 5.0),
    at_least("writes", WRITES_1, "per s", 500.0),
    at_least("writes", WRITES_8, "per s", 1_500.0),
    at_least("reads", READS_8, "per s", 8_000.0),
    at_most("guidelines", REWRITE_1, "ms", 215.0),
    at_most("guidelines", REWRITE_4, "ms", 215.0),
    at_most("guidelines", REWRITE_8, "ms", 215.0),
    at_most("guidelines", REWRITE_CALLS, "calls", 1.0),
    at_most("guidelines", DISTILLATION_CALLS, "calls", 2.0),
    at_most("guidelines", THREE_DRAFTS, "×", 1.2),
    at_most("browser", FIRST_PAINT, "ms", 300.0),
    at_most("browser", FIRST_PAINT_PROMPTS, "ms", 300.0),
    at_most("browser", RUN_REACTS, "ms", 1_000.0),
    at_most("browser", PROMPTS_LIVE, "ms", 1_000.0),
    at_most("browser", DIFF_SHOWN, "ms", 100.0),
    at_most("browser", LONGEST_TASK, "ms", 50.0),
    at_most("browser", LONGEST_TASK_TABLE, "ms", 50.0),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_budget_is_met_up_to_its_limit() {
        assert!(Limit::AtMost(3.0).is_met_by(3.0) && !Limit::AtMost(3.0).is_met_by(3.01));
        assert!(Limit::AtLeast(500.0).is_met_by(500.0) && !Limit::AtLeast(500.0).is_met_by(499.9));
        assert!(!Limit::AtMost(3.0).is_met_by(f64::NAN));
        assert!(!Limit::AtLeast(3.0).is_met_by(f64::NAN));
    }

    #[test]
    fn every_figure_has_one_budget() {
        let figures: BTreeSet<_> = BUDGETS.iter().map(|budget| budget.figure).collect();
        assert_eq!(figures.len(), BUDGETS.len());
    }
}
