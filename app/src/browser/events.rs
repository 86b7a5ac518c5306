//! Listening to the event stream of a prompt.

use std::rc::Rc;

use align::record::{Event, EventId, PromptId};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

use crate::wire;

/// What a listener is told.
pub(crate) enum StreamEvent {
    /// The stream is open.
    Open,
    /// Something happened.
    Event(EventId, Box<Event>),
    /// The connection broke; the browser, or the caller, connects again.
    Broken,
}

type Handler = Rc<dyn Fn(StreamEvent)>;

/// An open event stream; dropping it closes the connection.
pub(crate) struct Listener {
    source: EventSource,
    // The browser calls these for as long as the source is open.
    _on_open: Closure<dyn FnMut()>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut()>,
}

impl Listener {
    /// Follows the prompt from the place `after`. `None` where the browser refuses to connect.
    pub(crate) fn open(id: PromptId, after: EventId, handler: Handler) -> Option<Self> {
        let source = EventSource::new(&format!("/api/prompts/{id}/events?after={after}")).ok()?;
        let on_open = Closure::new({
            let handler = handler.clone();
            move || handler(StreamEvent::Open)
        });
        let on_message = Closure::new({
            let handler = handler.clone();
            move |message: MessageEvent| {
                if let Some((id, event)) = read(&message) {
                    handler(StreamEvent::Event(id, Box::new(event)));
                }
            }
        });
        let on_error = Closure::new(move || handler(StreamEvent::Broken));
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { source, _on_open: on_open, _on_message: on_message, _on_error: on_error })
    }

    /// Whether the browser gave up and will not connect again by itself.
    pub(crate) fn is_closed(&self) -> bool {
        self.source.ready_state() == EventSource::CLOSED
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onmessage(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

fn read(message: &MessageEvent) -> Option<(EventId, Event)> {
    let id = EventId::parse(&message.last_event_id())?;
    let event = wire::from_str(&message.data().as_string()?).ok()?;
    Some((id, event))
}
