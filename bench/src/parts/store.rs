//! Queries of the store by themselves, without HTTP and pages, on a database with 10,000 prompts.

use std::time::Instant;

use align::record::{PromptId, PromptQuery};
use store::{Store, StoreError};

use crate::budget::{STORE_HISTORY, STORE_LIST, STORE_SEARCH};
use crate::report::{Measured, shown};
use crate::rounds::ms;
use crate::setup::Setup;
use crate::stats::median;

const SAMPLES: usize = 15;

/// Versions of one page of the history.
const HISTORY_PAGE: u32 = 50;

/// The figure of each kind of query is its slowest one.
pub(super) async fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let full = setup.full().await?;
    let store = Store::open(&full.folder).await?;
    let lists = [
        ("first page", PromptQuery::default()),
        ("last page", PromptQuery { page: 199, ..PromptQuery::default() }),
        ("with a tag", PromptQuery { tag: Some("tag 3".to_owned()), ..PromptQuery::default() }),
    ];
    let searches = [
        ("one letter", "w"),
        ("a word in all", "write"),
        ("two words", "write topic77"),
        ("a rare beginning", "topic777"),
        ("nothing found", "absent"),
        ("signs", "{}"),
    ];
    let searches = searches.map(|(name, search)| {
        (name, PromptQuery { search: search.to_owned(), ..PromptQuery::default() })
    });
    let figures = vec![
        slowest(STORE_LIST, &list(&store, &lists).await?),
        slowest(STORE_SEARCH, &list(&store, &searches).await?),
        slowest(STORE_HISTORY, &history(&store, PromptId(full.long)).await?),
    ];
    store.close().await?;
    Ok(figures)
}

type Times = Vec<(&'static str, f64)>;

async fn list(store: &Store, queries: &[(&'static str, PromptQuery)]) -> anyhow::Result<Times> {
    let mut times = Vec::new();
    for (name, query) in queries {
        let took = middle(async || store.list_prompts(query).await).await?;
        times.push((*name, took));
    }
    Ok(times)
}

async fn history(store: &Store, id: PromptId) -> anyhow::Result<Times> {
    let newest = middle(async || store.newest_version(id).await).await?;
    let page = middle(async || store.versions(id, None, HISTORY_PAGE).await).await?;
    Ok(vec![("newest version", newest), ("first page", page)])
}

/// Milliseconds of one call: the median of some.
async fn middle<T>(mut call: impl AsyncFnMut() -> Result<T, StoreError>) -> anyhow::Result<f64> {
    let mut times = Vec::new();
    for _ in 0..SAMPLES {
        let started = Instant::now();
        call().await?;
        times.push(ms(started.elapsed()));
    }
    Ok(median(&times).unwrap_or(f64::NAN))
}

fn slowest(figure: &'static str, times: &[(&str, f64)]) -> Measured {
    let most = times.iter().map(|(_, took)| *took).fold(f64::NAN, f64::max);
    let each: Vec<_> =
        times.iter().map(|(name, took)| format!("{name} {}", shown(*took))).collect();
    Measured::new(figure, most).noting(each.join(", "))
}
