//! The parts of the bench, each with the figures that belong together.

mod browser;
mod bulk;
mod first_token;
mod guidelines;
mod listeners;
mod memory;
mod pages;
mod reads;
mod runs;
mod size;
mod start;
mod store;
mod writes;

use std::pin::Pin;

use anyhow::ensure;

use crate::report::Measured;
use crate::setup::Setup;

type Measuring<'a> = Pin<Box<dyn Future<Output = anyhow::Result<Vec<Measured>>> + 'a>>;

/// A part of the bench.
pub(crate) struct Part {
    /// Its name, for `--only`.
    pub(crate) name: &'static str,
    /// What it does, to be printed while it runs.
    pub(crate) what: &'static str,
    run: fn(&mut Setup) -> Measuring<'_>,
}

impl Part {
    /// Measures its figures.
    pub(crate) async fn measure(&self, setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
        (self.run)(setup).await
    }
}

const PARTS: &[Part] = &[
    Part {
        name: "first-token",
        what: "time to first token, through the server and without it",
        run: |setup| Box::pin(first_token::measure(setup)),
    },
    Part {
        name: "bulk",
        what: "the first token of a person's call beside a thousand in bulk",
        run: |setup| Box::pin(bulk::measure(setup)),
    },
    Part {
        name: "listeners",
        what: "500 listeners of one prompt while it streams",
        run: |setup| Box::pin(listeners::measure(setup)),
    },
    Part {
        name: "start",
        what: "starting the server",
        run: |setup| Box::pin(start::measure(setup)),
    },
    Part {
        name: "memory",
        what: "resident memory, idle and with 200 runs streaming",
        run: |setup| Box::pin(memory::measure(setup)),
    },
    Part {
        name: "size",
        what: "what a browser downloads",
        run: |setup| Box::pin(std::future::ready(size::measure(setup))),
    },
    Part {
        name: "pages",
        what: "server time of pages and search",
        run: |setup| Box::pin(pages::measure(setup)),
    },
    Part {
        name: "store",
        what: "queries of the store by themselves",
        run: |setup| Box::pin(store::measure(setup)),
    },
    Part {
        name: "writes",
        what: "durable version writes",
        run: |setup| Box::pin(writes::measure(setup)),
    },
    Part {
        name: "reads",
        what: "reads of the newest version",
        run: |setup| Box::pin(reads::measure(setup)),
    },
    Part {
        name: "guidelines",
        what: "calls and time of rewrites, distillations and three drafts at once",
        run: |setup| Box::pin(guidelines::measure(setup)),
    },
    Part {
        name: "browser",
        what: "paint, reaction, diff and streaming in headless Chromium",
        run: |setup| Box::pin(std::future::ready(browser::measure(setup))),
    },
];

/// The parts whose name contains one of the words of `only`, divided by commas; all without it.
pub(crate) fn chosen(only: Option<&str>) -> anyhow::Result<Vec<&'static Part>> {
    let Some(only) = only else { return Ok(PARTS.iter().collect()) };
    let words: Vec<&str> = only.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    let parts: Vec<_> =
        PARTS.iter().filter(|part| words.iter().any(|word| part.name.contains(word))).collect();
    let names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
    ensure!(!parts.is_empty(), "no part is called “{only}”; there are {}", names.join(", "));
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::BUDGETS;

    fn names(only: &str) -> Vec<&'static str> {
        chosen(Some(only)).unwrap().iter().map(|part| part.name).collect()
    }

    #[test]
    fn parts_are_chosen_by_their_names() {
        assert_eq!(names("pages"), ["pages"]);
        assert_eq!(names("reads, writes"), ["writes", "reads"]);
        assert_eq!(chosen(None).unwrap().len(), PARTS.len());
        assert!(chosen(Some("speed")).is_err());
    }

    #[test]
    fn every_budget_belongs_to_a_part_and_every_part_has_one() {
        for budget in BUDGETS {
            assert!(PARTS.iter().any(|part| part.name == budget.part), "{}", budget.part);
        }
        for part in PARTS {
            assert!(BUDGETS.iter().any(|budget| budget.part == part.name), "{}", part.name);
        }
    }
}
