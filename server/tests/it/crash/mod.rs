//! The server is killed again and again in the middle of work. What it acknowledged is there
//! afterwards, what it was doing is there wholly or not at all, and the file is sound.

mod client;
mod ledger;
mod stored;

use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;

use crate::api;
use crate::crash::client::Client;
use crate::crash::ledger::Ledger;
use crate::crash::stored::Stored;
use crate::program::{Attune, pause, request};

/// How often the server is killed; `ATTUNE_CRASHES` sets another number.
const CRASHES: u64 = 50;
/// People who work at the same time, each on a prompt of their own.
const PEOPLE: usize = 4;

#[test]
fn what_was_acknowledged_survives_every_crash() {
    let seed = number("ATTUNE_CRASH_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("ATTUNE_CRASH_SEED={seed} repeats the moments and actions of this test");
    let mut rng = Rng::with_seed(seed);
    let folder = tempfile::tempdir().unwrap();
    let mut ledgers = prompts(folder.path());
    let mut longest_start = Duration::ZERO;
    let crashes = number("ATTUNE_CRASHES").unwrap_or(CRASHES);
    for crash in 0..crashes {
        if crash % 5 == 4 {
            kill_while_it_starts(folder.path(), &mut rng);
        }
        // Now and then answers take long enough to be kept in the middle.
        let is_long = crash % 10 == 5;
        let delay_ms = if is_long { 40 } else { rng.choice([0, 1, 4, 20]).unwrap() };
        let moment = rng.u64(if is_long { 2_000..4_000 } else { 30..700 });
        let started = Instant::now();
        let mut attune = start(folder.path(), delay_ms);
        longest_start = longest_start.max(started.elapsed());
        Stored::read(folder.path()).settle(&mut ledgers);
        work_until_killed(&mut attune, &mut ledgers, &mut rng, Duration::from_millis(moment));
    }
    let attune = start(folder.path(), 0);
    let stored = Stored::read(folder.path());
    stored.settle(&mut ledgers);
    let checked = stored.check_partial_outputs(&attune);
    for ledger in &ledgers {
        println!("{}", ledger.summary());
    }
    println!("{checked} partial outputs; the slowest start took {longest_start:?}");
    // A few crashes, when somebody asks for so few, need not meet everything.
    if crashes >= CRASHES {
        assert!(checked > 0, "no run was interrupted after its output was kept");
        assert!(ledgers.iter().any(|ledger| !ledger.accepted.is_empty()), "nothing was accepted");
    }
}

fn start(folder: &Path, delay_ms: u64) -> Attune {
    let delay_ms = delay_ms.to_string();
    Attune::start_in(folder, &[("ATTUNE_DEMO_DELAY_MS", &delay_ms), ("ATTUNE_LOG", "error")])
}

/// A server that has hardly opened the folder is killed, too.
fn kill_while_it_starts(folder: &Path, rng: &mut Rng) {
    let mut process = Attune::command(folder).stdout(Stdio::null()).spawn().unwrap();
    pause(Duration::from_millis(rng.u64(0..80)));
    process.kill().unwrap();
    process.wait().unwrap();
}

/// A prompt for each person, and a ledger with what it starts with.
fn prompts(folder: &Path) -> Vec<Ledger> {
    let attune = start(folder, 0);
    let person = |number| {
        let text = format!("Give three uses for paper clip {number}.");
        let id = api::create(&attune.address(), &format!("Prompt {number}"), &text).unwrap();
        Ledger::new(id, &text)
    };
    (0..PEOPLE).map(person).collect()
}

/// Everybody works, with pages listening, until the server is killed after `moment`.
fn work_until_killed(attune: &mut Attune, ledgers: &mut [Ledger], rng: &mut Rng, moment: Duration) {
    let address = attune.address();
    let killed = AtomicBool::new(false);
    thread::scope(|scope| {
        let killed = &killed;
        for ledger in ledgers {
            let mut client = Client { address: address.clone(), ledger, rng: rng.fork() };
            scope.spawn(move || {
                let path = format!("/api/prompts/{}/events", client.ledger.prompt);
                let _listening = request(&client.address, "GET", &path, &[], "");
                client.work();
                assert!(killed.load(Ordering::SeqCst), "the server ended by itself");
            });
        }
        pause(moment);
        killed.store(true, Ordering::SeqCst);
        attune.kill();
    });
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap())
}
