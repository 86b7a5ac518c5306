//! Many who listen to one prompt while it streams: what each delivered event costs the server, and how
//! much later than the first listener the last one has it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use http_body_util::BodyExt;
use tokio::task::LocalSet;
use tokio::time::timeout;

use crate::budget::{LAST_LISTENER, LISTENER_CPU};
use crate::client::{Connection, Events};
use crate::parts::runs::{Page, env};
use crate::process::Process;
use crate::report::{Measured, shown};
use crate::rounds::ms;
use crate::setup::{Setup, Timing};
use crate::stats::{median, percentile};
use crate::watch::find;

/// An answer of ten seconds, at 200 tokens per second.
const ANSWER: Timing = Timing { first_token_ms: 200, token_ms: 5, tokens: 2_000 };

const LISTENERS: u32 = 500;
const ROUNDS: usize = 3;

/// How long a listener may be silent before the round counts as over.
const SILENCE: Duration = Duration::from_secs(2);

/// When an event was there: first, last, and for how many.
#[derive(Clone, Copy)]
struct Delivery {
    first: Instant,
    last: Instant,
    count: u32,
}

/// The deliveries by the id of the event.
type Deliveries = Rc<RefCell<HashMap<Vec<u8>, Delivery>>>;

/// Measures both.
pub(super) async fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let model = setup.model(ANSWER)?;
    let data = setup.fresh("listeners");
    let server = setup.server(&data, &env(&model))?;
    let mut page = Page::open_all(&server, 1).await?;
    let page = page.first_mut().context("there is no page")?;
    let (mut delays, mut costs, mut events) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let round = LocalSet::new().run_until(round(&server, page)).await?;
        events += round.delays.len();
        delays.extend(round.delays);
        costs.push(round.cpu_us_per_event);
    }
    server.stop()?;
    let note = format!(
        "{events} events to {LISTENERS} listeners each; p99 {} ms, the worst {} ms",
        shown(percentile(&delays, 99.0).unwrap_or_default()),
        shown(percentile(&delays, 100.0).unwrap_or_default()),
    );
    Ok(vec![
        Measured::new(LAST_LISTENER, median(&delays).unwrap_or(f64::NAN)).noting(note),
        Measured::new(LISTENER_CPU, median(&costs).unwrap_or(f64::NAN)).noting(
            "everything that the server does while it streams, in user mode and in the kernel",
        ),
    ])
}

/// What one run came to.
struct Round {
    /// Of each event, the milliseconds from the first listener to the last.
    delays: Vec<f64>,
    cpu_us_per_event: f64,
}

async fn round(server: &Process, page: &mut Page) -> anyhow::Result<Round> {
    let deliveries = Deliveries::default();
    let mut listeners = Vec::new();
    for person in 0..LISTENERS {
        let connection = Connection::open(&server.address).await?;
        let path = format!("/api/prompts/{}/events", page.id());
        // The page itself is a person, too, with the number of the prompt.
        let events = connection.events(&path, 1_000 + person).await?;
        listeners.push(tokio::task::spawn_local(listen(events, deliveries.clone())));
    }
    let before = server.cpu_us()?;
    page.run().await?;
    let cpu_us = server.cpu_us()? - before;
    for listener in listeners {
        listener.await??;
    }
    let deliveries = deliveries.take();
    let missed = deliveries.values().filter(|delivery| delivery.count != LISTENERS).count();
    ensure!(missed == 0, "{missed} of {} events did not reach everyone", deliveries.len());
    let delivered: u32 = deliveries.values().map(|delivery| delivery.count).sum();
    let delays = deliveries.values().map(|delivery| ms(delivery.last - delivery.first)).collect();
    Ok(Round { delays, cpu_us_per_event: cpu_us / f64::from(delivered) })
}

/// Notes when each event is there, until nothing comes any more.
async fn listen(mut events: Events, deliveries: Deliveries) -> anyhow::Result<()> {
    let mut rest = Vec::new();
    while let Ok(frame) = timeout(SILENCE, events.body.frame()).await {
        let now = Instant::now();
        let Ok(bytes) = frame.context("the event stream ended")??.into_data() else { continue };
        rest.extend_from_slice(&bytes);
        while let Some(length) = find(&rest, b"\n\n") {
            let block: Vec<u8> = rest.drain(..length + 2).collect();
            if let Some(place) = find(&block, b"id: ") {
                note(&deliveries, &block[place..], now);
            }
        }
    }
    Ok(())
}

fn note(deliveries: &Deliveries, id: &[u8], now: Instant) {
    let mut deliveries = deliveries.borrow_mut();
    if let Some(delivery) = deliveries.get_mut(id) {
        delivery.last = now;
        delivery.count += 1;
    } else {
        deliveries.insert(id.to_vec(), Delivery { first: now, last: now, count: 1 });
    }
}
