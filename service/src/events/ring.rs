//! The bounded memory of one topic.

use std::collections::VecDeque;

use super::encoded::EncodedEvent;

/// Events remembered, for listeners that are behind and pages that connect again.
pub(super) const MAX_EVENTS: usize = 2048;

/// Bytes remembered besides the newest event, which is remembered however large it is.
pub(super) const MAX_BYTES: usize = 1 << 20;

/// The newest events of a topic.
pub(super) struct Ring {
    events: VecDeque<EncodedEvent>,
    bytes: usize,
    /// Everything of the topic after this number is in `events`.
    complete_after: u64,
}

/// What follows a place.
pub(super) enum Next {
    /// This event.
    Event(EncodedEvent),
    /// Nothing yet.
    Nothing,
    /// Something that is no longer remembered.
    Forgotten,
}

impl Ring {
    /// An empty memory of a topic of which nothing happened after `complete_after`.
    pub(super) fn new(complete_after: u64) -> Self {
        Self { events: VecDeque::new(), bytes: 0, complete_after }
    }

    pub(super) fn push(&mut self, event: EncodedEvent) {
        let newest = event.len();
        self.bytes += newest;
        self.events.push_back(event);
        while self.events.len() > MAX_EVENTS || self.bytes - newest > MAX_BYTES {
            let Some(oldest) = self.events.pop_front() else { return };
            self.bytes -= oldest.len();
            self.complete_after = oldest.sequence;
        }
    }

    /// The first event after this number.
    pub(super) fn after(&self, sequence: u64) -> Next {
        if sequence < self.complete_after {
            return Next::Forgotten;
        }
        let index = self.events.partition_point(|event| event.sequence <= sequence);
        self.events.get(index).map_or(Next::Nothing, |event| Next::Event(event.clone()))
    }

    /// The newest number of the topic, as far as anything is known of it.
    pub(super) fn newest(&self) -> u64 {
        self.events.back().map_or(self.complete_after, |event| event.sequence)
    }
}

#[cfg(test)]
mod tests {
    use align::record::{Event, EventId};

    use super::super::encoded::Unplaced;
    use super::*;

    fn event(sequence: u64, length: usize) -> EncodedEvent {
        let event = Event::WorkingCopy { page: "x".repeat(length), revision: 0 };
        Unplaced::new(&event).unwrap().at(EventId { epoch: 1, sequence })
    }

    fn remembered(ring: &Ring) -> usize {
        ring.events.iter().map(EncodedEvent::len).sum()
    }

    #[test]
    fn the_memory_is_bounded_by_the_bytes_it_holds() {
        let mut ring = Ring::new(0);
        for sequence in 1..=100 {
            ring.push(event(sequence, 60_000));
            assert_eq!(ring.bytes, remembered(&ring));
            assert!(ring.bytes < MAX_BYTES + 61_000);
        }
        assert!(ring.bytes > MAX_BYTES);
        assert!(matches!(ring.after(1), Next::Forgotten));
        assert!(matches!(ring.after(99), Next::Event(event) if event.sequence == 100));
        assert!(matches!(ring.after(100), Next::Nothing));
    }

    #[test]
    fn an_event_beyond_the_bound_still_reaches_those_who_follow() {
        let mut ring = Ring::new(0);
        ring.push(event(1, 10));
        ring.push(event(2, MAX_BYTES * 3));
        assert!(matches!(ring.after(0), Next::Event(event) if event.sequence == 1));
        assert!(matches!(ring.after(1), Next::Event(event) if event.sequence == 2));
        ring.push(event(3, 10));
        assert!(matches!(ring.after(1), Next::Forgotten));
        assert!(matches!(ring.after(2), Next::Event(event) if event.sequence == 3));
        assert_eq!(ring.bytes, remembered(&ring));
    }
}
