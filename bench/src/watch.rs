//! Watching a prompt: when its first token came, how its run ended, and when the alignment model had
//! answered.

use std::time::Instant;

use anyhow::{Context, ensure};
use bytes::Bytes;
use http_body_util::BodyExt;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::client::{Connection, Events};

/// What a page of a prompt sees.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Seen {
    /// More of the output.
    Delta(Instant),
    /// The run ended.
    Ended { is_done: bool },
    /// A draft or a question to the alignment model ended.
    Answered { at: Instant, is_good: bool },
}

/// An open page of a prompt: its event stream and what has arrived.
pub(crate) struct Watch {
    seen: UnboundedReceiver<Seen>,
}

/// A run as it was seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// When its first token came.
    pub(crate) first_token: Instant,
    /// Whether it ended well.
    pub(crate) is_done: bool,
}

impl Watch {
    /// Follows prompt `id` from now on.
    pub(crate) async fn open(address: &str, id: u64) -> anyhow::Result<Self> {
        let events = Connection::open(address).await?;
        let person = u32::try_from(id)?;
        let events = events.events(&format!("/api/prompts/{id}/events"), person).await?;
        let (sender, seen) = unbounded_channel();
        tokio::spawn(read(events, sender));
        Ok(Self { seen })
    }

    /// Waits for the whole run that was started.
    pub(crate) async fn run(&mut self) -> anyhow::Result<Run> {
        let mut first_token = None;
        loop {
            match self.seen.recv().await.context("the event stream ended")? {
                Seen::Delta(at) => _ = first_token.get_or_insert(at),
                Seen::Ended { is_done } => {
                    let first_token = first_token.context("a run ended without a token")?;
                    return Ok(Run { first_token, is_done });
                }
                Seen::Answered { .. } => {}
            }
        }
    }

    /// Waits for the first token of the run that was started.
    pub(crate) async fn first_token(&mut self) -> anyhow::Result<Instant> {
        loop {
            if let Seen::Delta(at) = self.seen.recv().await.context("the event stream ended")? {
                return Ok(at);
            }
        }
    }

    /// Waits for `count` answers of the alignment model; when the last one was there.
    pub(crate) async fn answered(&mut self, count: u32) -> anyhow::Result<Instant> {
        let mut last = Instant::now();
        for _ in 0..count {
            last = self.next_answer().await?;
        }
        Ok(last)
    }

    async fn next_answer(&mut self) -> anyhow::Result<Instant> {
        loop {
            let seen = self.seen.recv().await.context("the event stream ended")?;
            if let Seen::Answered { at, is_good } = seen {
                ensure!(is_good, "the alignment model's answer could not be used");
                return Ok(at);
            }
        }
    }
}

/// Reads the stream to its end. The time of a delta is the time when its packet was there.
async fn read(mut events: Events, sender: UnboundedSender<Seen>) {
    let mut splitter = Splitter::default();
    while let Some(Ok(frame)) = events.body.frame().await {
        let now = Instant::now();
        let Ok(bytes) = frame.into_data() else { continue };
        for seen in splitter.push(&bytes, now) {
            if sender.send(seen).is_err() {
                return;
            }
        }
    }
}

/// Cuts packets into events.
#[derive(Default)]
struct Splitter {
    rest: Vec<u8>,
}

impl Splitter {
    fn push(&mut self, bytes: &Bytes, now: Instant) -> Vec<Seen> {
        self.rest.extend_from_slice(bytes);
        let mut seen = Vec::new();
        let mut begin = 0;
        while let Some(length) = find(&self.rest[begin..], b"\n\n") {
            seen.extend(read_event(&self.rest[begin..begin + length], now));
            begin += length + 2;
        }
        self.rest.drain(..begin);
        seen
    }
}

/// Reads as much of an event as is needed; parsing it all would cost the time that is measured.
fn read_event(event: &[u8], now: Instant) -> Option<Seen> {
    let data = &event[find(event, b"data: ")? + 6..];
    if data.starts_with(br#"{"run_delta":"#) {
        return Some(Seen::Delta(now));
    }
    let is = |state: &str| find(data, format!(r#""state":"{state}""#).as_bytes()).is_some();
    if data.starts_with(br#"{"run":"#) {
        return (!is("running")).then(|| Seen::Ended { is_done: is("done") });
    }
    let is_question = [&br#"{"draft":"#[..], br#"{"consultation":"#];
    if is_question.iter().any(|kind| data.starts_with(kind)) {
        let is_over = !is("drafting") && !is("working");
        return is_over.then(|| Seen::Answered { at: now, is_good: is("ready") || is("accepted") });
    }
    None
}

/// The place of `needle` in `bytes`.
pub(crate) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(packets: &[&str], expected: impl Fn(Instant) -> Vec<Seen>) {
        let now = Instant::now();
        let mut splitter = Splitter::default();
        let seen = packets.iter().flat_map(|it| splitter.push(&Bytes::from((*it).to_owned()), now));
        assert_eq!(seen.collect::<Vec<_>>(), expected(now), "{packets:?}");
    }

    #[test]
    fn events_are_read_however_they_are_packed() {
        let delta = "id: 1-2\ndata: {\"run_delta\":{\"text\":\"token1 \"}}\n\n";
        check(&[delta], |now| vec![Seen::Delta(now)]);
        check(&[&delta[..20], &delta[20..]], |now| vec![Seen::Delta(now)]);
        check(&[&format!("{delta}{delta}")], |now| vec![Seen::Delta(now), Seen::Delta(now)]);
        check(&[": \n\n"], |_| vec![]);
    }

    #[test]
    fn only_the_end_of_a_run_is_its_end() {
        let run = |state| format!("data: {{\"run\":{{\"state\":\"{state}\"}}}}\n\n");
        check(&[&run("running")], |_| vec![]);
        check(&[&run("done")], |_| vec![Seen::Ended { is_done: true }]);
        check(&[&run("failed")], |_| vec![Seen::Ended { is_done: false }]);
    }

    #[test]
    fn drafts_and_questions_are_answered_at_their_end() {
        let event =
            |kind: &str, state: &str| format!("data: {{\"{kind}\":{{\"state\":\"{state}\"}}}}\n\n");
        check(&[&event("draft", "drafting"), &event("consultation", "working")], |_| vec![]);
        for (kind, state, is_good) in [
            ("draft", "ready", true),
            ("draft", "failed", false),
            ("consultation", "accepted", true),
            ("consultation", "stopped", false),
        ] {
            check(&[&event(kind, state)], |at| vec![Seen::Answered { at, is_good }]);
        }
    }
}
