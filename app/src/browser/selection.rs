//! The text a person selected in the output, as a span that finds it again.

use align::Span;
use leptos::prelude::{StoredValue, document};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Node, Range};

/// Characters of context kept on each side of a selection.
const CONTEXT: usize = 32;

/// Calls `act` whenever the selection changes, for as long as the reactive owner lives.
pub(crate) fn on_change(act: impl Fn() + 'static) {
    StoredValue::new_local(Listener::new(act));
}

/// Listens on the document: the event does not bubble, so it never reaches the window.
struct Listener(Closure<dyn Fn()>);

impl Listener {
    fn new(act: impl Fn() + 'static) -> Self {
        let act = Closure::new(act);
        // Fails only for malformed names of events.
        let _ = document()
            .add_event_listener_with_callback("selectionchange", act.as_ref().unchecked_ref());
        Self(act)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // As above.
        let _ = document().remove_event_listener_with_callback(
            "selectionchange",
            self.0.as_ref().unchecked_ref(),
        );
    }
}

/// The current selection within `container`, if there is one and it holds more than white space.
pub(crate) fn selected_span(container: &Element) -> Option<Span> {
    let selection = web_sys::window()?.get_selection().ok()??;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    let holds = |node: Option<Node>| container.contains(node.as_ref());
    if !holds(range.start_container().ok()) || !holds(range.end_container().ok()) {
        return None;
    }
    let exact = text(&range);
    if exact.trim().is_empty() {
        return None;
    }
    Some(Span { prefix: before(container, &range)?, suffix: after(container, &range)?, exact })
}

/// The text of the last `CONTEXT` characters before `range`.
fn before(container: &Element, range: &Range) -> Option<String> {
    let around = range.clone_range();
    around.set_start(container, 0).ok()?;
    around.set_end(&range.start_container().ok()?, range.start_offset().ok()?).ok()?;
    let text = text(&around);
    let skip = text.chars().count().saturating_sub(CONTEXT);
    Some(text.chars().skip(skip).collect())
}

/// The text of the first `CONTEXT` characters after `range`.
fn after(container: &Element, range: &Range) -> Option<String> {
    let around = range.clone_range();
    around.set_start(&range.end_container().ok()?, range.end_offset().ok()?).ok()?;
    around.set_end(container, container.child_nodes().length()).ok()?;
    Some(text(&around).chars().take(CONTEXT).collect())
}

fn text(range: &Range) -> String {
    String::from(range.to_string())
}
