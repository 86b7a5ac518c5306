//! Text boxes of several lines that never lose what was typed before the page was live.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::escape::element_text;
use crate::reactive::hear;

/// A labelled text box.
#[component]
pub(crate) fn TextArea(
    /// Its label and accessible name.
    label: &'static str,
    /// What it holds.
    value: RwSignal<String>,
    /// Lines it shows at least; it grows with its text.
    #[prop(default = 2)]
    rows: u32,
    /// An example of what to write.
    #[prop(optional)]
    placeholder: &'static str,
) -> impl IntoView {
    let element = NodeRef::new();
    bind(element, value.into(), Callback::new(move |text| value.set(text)));
    view! {
        <label class="field">
            <span>{label}</span>
            <textarea
                node_ref=element
                rows=rows
                placeholder=placeholder
                autocomplete="off"
                on:input=hear(move |event| value.set(typed_text(&event)))
            >
                {element_text(value.get_untracked())}
            </textarea>
        </label>
    }
}

/// Keeps `element` and `value` the same. What a person typed into the server's page before it became
/// live is taken over, not overwritten.
pub(crate) fn bind(element: NodeRef<Textarea>, value: Signal<String>, set: Callback<String>) {
    let bound = StoredValue::new(false);
    Effect::new(move |_| {
        let text = value.get();
        let Some(element) = element.get() else { return };
        let shown = element.value();
        let first = !bound.get_value();
        bound.set_value(true);
        if is_same(&shown, &text) {
            return;
        }
        // What differs from the server's page was typed before the page was live. What is the same
        // gives way: this browser may have kept newer text than the server has.
        if first && element.default_value().is_ok_and(|rendered| rendered != shown) {
            set.run(shown);
        } else {
            element.set_value(&text);
        }
    });
}

/// Puts the focus into a box when it appears: it follows the button that opened it.
pub(crate) fn take_focus(element: NodeRef<Textarea>) {
    Effect::new(move |_| {
        if let Some(element) = element.get() {
            // It fails only for a hidden element.
            let _ = element.focus();
        }
    });
}

/// What a text box holds after `event`. Pasted null characters become visible: the server takes none.
pub(crate) fn typed_text(event: &leptos::ev::Event) -> String {
    let text = event_target_value(event);
    if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text }
}

/// Whether a text box that was given `text` shows `shown`: it turns every line end into `\n`.
fn is_same(shown: &str, text: &str) -> bool {
    shown == text
        || (text.contains('\r') && shown == text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn line_ends_are_not_typing() {
        assert!(is_same("a\nb\nc", "a\r\nb\rc"));
        assert!(!is_same("a\nb", "ab"));
    }
}
