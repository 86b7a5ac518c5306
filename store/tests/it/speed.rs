//! How long things take, printed and not judged: `cargo test -p store speed -- --nocapture`.

use std::time::{Duration, Instant};

use align::record::PromptQuery;

use crate::fixture::{Fixture, typed};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn speed_of_ten_thousand_prompts() {
    let fixture = Fixture::new().await;
    fill(&fixture, 10_000).await;
    for (name, search, page) in [
        ("list, page 0", "", 0),
        ("list, page 199", "", 199),
        ("search, one letter", "w", 0),
        ("search, word in all", "write", 0),
        ("search, two words", "write topic77", 0),
        ("search, rare prefix", "topic777", 0),
        ("search, nothing found", "absent", 0),
        ("search, signs", "{}", 0),
    ] {
        let query = PromptQuery { search: search.into(), page, ..PromptQuery::default() };
        let mut total = 0;
        let time = median(async || {
            total = fixture.store.list_prompts(&query).await.unwrap().total;
        })
        .await;
        println!("{name}: {time:?}, {total} found");
    }
    let query = PromptQuery { tag: Some("tag 3".into()), ..PromptQuery::default() };
    let time = median(async || drop(fixture.store.list_prompts(&query).await.unwrap())).await;
    println!("tag: {time:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn speed_of_durable_version_writes() {
    for clients in [1, 8] {
        let fixture = Fixture::new().await;
        let started = Instant::now();
        let mut running = Vec::new();
        for client in 0..clients {
            let store = fixture.store.clone();
            let id = fixture.prompt(&format!("Prompt {client}"), "start", &[]).await.id;
            running.push(tokio::spawn(async move {
                for turn in 0..800 / clients {
                    let text = format!("Client {client} writes turn {turn} for {{item}}.");
                    store.save_version(typed(id, &text)).await.unwrap();
                }
            }));
        }
        for task in running {
            task.await.unwrap();
        }
        let rate = 800.0 / started.elapsed().as_secs_f64();
        println!("durable version writes, {clients} clients: {rate:.0}/s");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn speed_of_the_newest_version_in_a_long_history() {
    let fixture = Fixture::new().await;
    let short = fixture.prompt("Short", "text", &[]).await.id;
    let long = fixture.prompt("Long", "text", &[]).await.id;
    for number in 0..2_000 {
        fixture.save(long, &format!("text {number}")).await;
    }
    for (name, id) in [("1 version", short), ("2,001 versions", long)] {
        let newest = median(async || drop(fixture.newest(id).await)).await;
        let page = median(async || drop(fixture.store.versions(id, None, 50).await.unwrap())).await;
        println!("{name}: newest {newest:?}, page of history {page:?}");
    }
}

async fn fill(fixture: &Fixture, count: u32) {
    for number in 0..count {
        let text = format!(
            "Write a paragraph about topic{number} for {{audience}}, with {} examples and a summary \
            at the end. Keep the tone of number {}.",
            number % 7,
            number % 100,
        );
        let tag = format!("tag {}", number % 80);
        fixture.prompt(&format!("Prompt number {number}"), &text, &[&tag]).await;
    }
}

async fn median(mut call: impl AsyncFnMut()) -> Duration {
    let mut times = Vec::new();
    for _ in 0..15 {
        let started = Instant::now();
        call().await;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    times[times.len() / 2]
}
