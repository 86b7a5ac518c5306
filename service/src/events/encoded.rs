//! An event on the wire, encoded once for all its listeners.

use align::record::{Event, EventId};
use bytes::Bytes;

/// An event as everyone who listens gets it. Cheap to clone; clones share their bytes.
#[derive(Clone, Debug)]
pub struct EncodedEvent {
    pub(super) sequence: u64,
    block: Bytes,
}

impl EncodedEvent {
    /// Its bytes: a block of a `text/event-stream`, whose data is the JSON of an [`Event`] and whose
    /// id is an [`EventId`].
    pub fn block(&self) -> &Bytes {
        &self.block
    }

    /// Tells a listener that something is missing. It has no place at all: a browser that connects
    /// again with it is sent to the snapshot again.
    pub(super) fn reset() -> Option<Self> {
        Unplaced::new(&Event::Reset).map(|event| event.at(EventId::default()))
    }

    pub(super) fn len(&self) -> usize {
        self.block.len()
    }
}

/// An encoded event that has no place yet.
pub(super) struct Unplaced(Vec<u8>);

impl Unplaced {
    /// Encodes `event`; `None` if that is not possible, which the log says.
    pub(super) fn new(event: &Event) -> Option<Self> {
        let mut data = b"data: ".to_vec();
        // JSON has no line breaks outside of strings and escapes those within, so it is one line.
        match serde_json::to_writer(&mut data, event) {
            Ok(()) => Some(Self(data)),
            Err(error) => {
                tracing::error!(%error, "an event could not be encoded");
                None
            }
        }
    }

    /// The same event at its place.
    pub(super) fn at(self, id: EventId) -> EncodedEvent {
        let Self(mut block) = self;
        block.extend_from_slice(format!("\nid: {id}\n\n").as_bytes());
        EncodedEvent { sequence: id.sequence, block: block.into_boxed_slice().into() }
    }
}
