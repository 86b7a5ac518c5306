//! The event streams of all topics.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use align::record::{Event, EventId};
use async_stream::stream;
use futures_util::Stream;
use tokio::sync::watch;

use super::encoded::{EncodedEvent, Unplaced};
use super::ring::{Next, Ring};
use super::topic::Topic;

/// Topics remembered before those without listeners are forgotten.
const MAX_IDLE: usize = 64;

/// The events of one topic as they happen.
pub type EventStream = Pin<Box<dyn Stream<Item = EncodedEvent> + Send>>;

/// All event streams of the process.
pub(crate) struct Hub {
    epoch: u64,
    state: Mutex<State>,
}

struct State {
    /// One count for all topics, so that a forgotten topic never gives out a number again.
    sequence: u64,
    /// The newest number among forgotten topics: whoever is behind it may have missed something.
    forgotten: u64,
    channels: HashMap<Topic, Arc<Channel>>,
}

/// A topic's memory, from which all its listeners read. One that is slow holds nothing of its own.
struct Channel {
    ring: Mutex<Ring>,
    /// Wakes the listeners.
    grown: watch::Sender<()>,
}

impl Hub {
    /// A hub that tells its events from those of other starts of the server by `epoch`.
    pub(crate) fn new(epoch: u64) -> Self {
        Self {
            epoch,
            state: Mutex::new(State { sequence: 0, forgotten: 0, channels: HashMap::new() }),
        }
    }

    /// The place of the newest event. A snapshot read after asking includes everything up to it.
    pub(crate) fn cursor(&self) -> EventId {
        EventId { epoch: self.epoch, sequence: lock(&self.state).sequence }
    }

    /// Tells everyone who listens to the topic. Never waits.
    #[expect(clippy::needless_pass_by_value, reason = "an event is told once and then over")]
    pub(crate) fn publish(&self, topic: impl Into<Topic>, event: Event) {
        let Some(event) = Unplaced::new(&event) else { return };
        let mut state = lock(&self.state);
        state.sequence += 1;
        let id = EventId { epoch: self.epoch, sequence: state.sequence };
        let channel = state.channel(topic.into());
        lock(&channel.ring).push(event.at(id));
        drop(state);
        channel.grown.send_replace(());
    }

    /// Everything that happened to the topic after the place `after` (or from now), then everything
    /// that happens. A listener for whom something is missing gets one [`Event::Reset`] as its last.
    pub(crate) fn subscribe(&self, topic: impl Into<Topic>, after: Option<EventId>) -> EventStream {
        let mut state = lock(&self.state);
        let now = EventId { epoch: self.epoch, sequence: state.sequence };
        let channel = state.channel(topic.into());
        let grown = channel.grown.subscribe();
        drop(state);
        let after = after.unwrap_or(now);
        let is_known = after.epoch == now.epoch && after.sequence <= now.sequence;
        Box::pin(follow(channel, grown, is_known.then_some(after.sequence)))
    }
}

fn follow(
    channel: Arc<Channel>,
    mut grown: watch::Receiver<()>,
    mut place: Option<u64>,
) -> impl Stream<Item = EncodedEvent> + Send {
    stream! {
        while let Some(after) = place {
            // The lock is released before anything waits.
            let next = lock(&channel.ring).after(after);
            match next {
                Next::Event(event) => {
                    place = Some(event.sequence);
                    yield event;
                }
                // The sender is in the channel, which is held here.
                Next::Nothing => _ = grown.changed().await,
                Next::Forgotten => place = None,
            }
        }
        if let Some(reset) = EncodedEvent::reset() {
            yield reset;
        }
    }
}

impl State {
    /// The channel of `topic`, which may be new.
    fn channel(&mut self, topic: Topic) -> Arc<Channel> {
        if let Some(channel) = self.channels.get(&topic) {
            return channel.clone();
        }
        if self.channels.len() > MAX_IDLE {
            self.forget_idle();
        }
        let channel = Arc::new(Channel::new(self.forgotten));
        self.channels.insert(topic, channel.clone());
        channel
    }

    /// Forgets topics that nobody listens to.
    fn forget_idle(&mut self) {
        let mut forgotten = self.forgotten;
        self.channels.retain(|_, channel| {
            let is_heard = channel.grown.receiver_count() > 0;
            if !is_heard {
                forgotten = forgotten.max(lock(&channel.ring).newest());
            }
            is_heard
        });
        self.forgotten = forgotten;
    }
}

impl Channel {
    fn new(complete_after: u64) -> Self {
        Self { ring: Mutex::new(Ring::new(complete_after)), grown: watch::channel(()).0 }
    }
}

/// Every change under these locks is complete before anything in it can panic.
fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use align::record::{FeedbackId, PromptId};
    use futures_util::StreamExt;

    use super::super::ring::MAX_EVENTS;
    use super::*;

    const PROMPT: PromptId = PromptId(1);

    fn hub() -> Hub {
        Hub::new(7)
    }

    fn event(number: i64) -> Event {
        Event::FeedbackGone(FeedbackId(number))
    }

    /// What the browser reads of an event.
    fn read(event: &EncodedEvent) -> Event {
        let block = str::from_utf8(event.block()).unwrap();
        let (data, id) = block.split_once("\nid: ").unwrap();
        assert!(EventId::parse(id.strip_suffix("\n\n").unwrap()).is_some(), "{block}");
        serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap()
    }

    async fn take(stream: EventStream, count: usize) -> Vec<Event> {
        stream.take(count).map(|event| read(&event)).collect().await
    }

    #[tokio::test]
    async fn a_page_that_connects_again_gets_exactly_what_it_missed() {
        let hub = hub();
        hub.publish(PROMPT, event(1));
        let cursor = hub.cursor();
        hub.publish(PROMPT, event(2));
        hub.publish(PromptId(2), event(99));
        hub.publish(PROMPT, event(3));
        let stream = hub.subscribe(PROMPT, Some(cursor));
        hub.publish(PROMPT, event(4));
        assert_eq!(take(stream, 3).await, [event(2), event(3), event(4)]);
    }

    #[tokio::test]
    async fn a_place_of_another_start_leads_to_the_snapshot() {
        let hub = hub();
        let old = EventId { epoch: 6, sequence: 0 };
        let all: Vec<_> =
            hub.subscribe(PROMPT, Some(old)).map(|event| read(&event)).collect().await;
        assert_eq!(all, [Event::Reset]);
        let future = EventId { epoch: 7, sequence: 5 };
        assert_eq!(take(hub.subscribe(PROMPT, Some(future)), 2).await, [Event::Reset]);
    }

    #[tokio::test]
    async fn a_place_before_the_memory_leads_to_the_snapshot() {
        let hub = hub();
        hub.publish(PROMPT, event(0));
        let cursor = hub.cursor();
        let count = i64::try_from(MAX_EVENTS).unwrap() + 1;
        for number in 0..count {
            hub.publish(PROMPT, event(number));
        }
        assert_eq!(take(hub.subscribe(PROMPT, Some(cursor)), 2).await, [Event::Reset]);
    }

    #[tokio::test]
    async fn a_forgotten_prompt_does_not_take_old_places_for_new() {
        let hub = hub();
        hub.publish(PROMPT, event(1));
        let cursor = hub.cursor();
        hub.publish(PROMPT, event(2));
        for id in 2..=i64::try_from(MAX_IDLE).unwrap() + 2 {
            hub.publish(PromptId(id), event(0));
        }
        assert_eq!(take(hub.subscribe(PROMPT, Some(cursor)), 2).await, [Event::Reset]);
    }

    #[tokio::test]
    async fn a_slow_listener_is_sent_back_and_slows_nobody() {
        let hub = hub();
        let slow = hub.subscribe(PROMPT, None);
        for number in 0..=i64::try_from(MAX_EVENTS).unwrap() {
            hub.publish(PROMPT, event(number));
        }
        let all: Vec<_> = slow.map(|event| read(&event)).collect().await;
        assert_eq!(all, [Event::Reset]);
    }

    #[tokio::test]
    async fn all_listeners_share_the_bytes_of_an_event() {
        let hub = hub();
        let [mut one, mut other] = [(), ()].map(|()| hub.subscribe(PROMPT, None));
        hub.publish(PROMPT, event(1));
        let mut again = hub.subscribe(PROMPT, Some(EventId { epoch: 7, sequence: 0 }));
        let (one, other) = (one.next().await.unwrap(), other.next().await.unwrap());
        assert_eq!(one.block().as_ptr(), other.block().as_ptr());
        assert_eq!(one.block().as_ptr(), again.next().await.unwrap().block().as_ptr());
    }
}
