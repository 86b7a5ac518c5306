//! Text boxes of several lines that never lose what was typed before the page was live.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::escape::element_text;

/// What a text box shows, and what takes what is typed into it.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    value: Signal<String>,
    set: Callback<String>,
}

impl Text {
    /// The text is part of something larger, which `set` changes.
    pub(crate) fn new(value: Memo<String>, set: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self { value: value.into(), set: Callback::new(set) }
    }
}

impl Text {
    /// What is typed into the box of `text` goes through `set`.
    pub(crate) fn typed(
        text: RwSignal<String>,
        set: impl Fn(String) + Send + Sync + 'static,
    ) -> Self {
        Self { value: text.into(), set: Callback::new(set) }
    }
}

impl From<RwSignal<String>> for Text {
    fn from(text: RwSignal<String>) -> Self {
        Self { value: text.into(), set: Callback::new(move |typed| text.set(typed)) }
    }
}

/// A labelled text box.
#[component]
pub(crate) fn TextArea(
    /// Its label and accessible name.
    #[prop(into)]
    label: String,
    /// What it holds.
    #[prop(into)]
    text: Text,
    /// Lines it shows at least; it grows with its text.
    #[prop(default = 2)]
    rows: u32,
    /// An example of what to write.
    #[prop(optional)]
    placeholder: &'static str,
    /// Whether it takes the focus when it appears: it follows the button that opened it.
    #[prop(optional)]
    focus: bool,
    /// What Ctrl+Enter (Cmd+Enter) does while one types here.
    #[prop(into, optional)]
    on_submit: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <label class="field" on:keydown=move |event| submit(&event, on_submit)>
            <span>{label}</span>
            {text_box(text, rows, placeholder, focus)}
        </label>
    }
}

/// Runs what Ctrl+Enter means here. The page sees that the keys are taken.
fn submit(event: &web_sys::KeyboardEvent, on_submit: Option<Callback<()>>) {
    let is_submit =
        event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.shift_key();
    if let Some(on_submit) = on_submit.filter(|_| is_submit) {
        event.prevent_default();
        on_submit.run(());
    }
}

/// A text box for a label that holds more than it. `rows`, `placeholder` and `focus` as in [`TextArea`].
pub(crate) fn text_box(text: Text, rows: u32, placeholder: &'static str, focus: bool) -> AnyView {
    let Text { value, set } = text;
    let element = NodeRef::new();
    bind(element, value, set);
    if focus {
        take_focus(element);
    }
    view! {
        <textarea
            node_ref=element
            rows=rows
            placeholder=placeholder
            autocomplete="off"
            on:input=move |event| set.run(typed_text(&event))
        >
            {element_text(value.get_untracked())}
        </textarea>
    }
    .into_any()
}

/// Keeps `element` and `value` the same. What a person typed into the server's page before it became
/// live is taken over, not overwritten.
fn bind(element: NodeRef<Textarea>, value: Signal<String>, set: Callback<String>) {
    let bound = StoredValue::new(false);
    Effect::new(move || {
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
            show(&element, &shown, &text);
        }
    });
}

/// Puts `text` in place of `shown`. Where a person types, the caret and what is selected stay with their
/// words: another page may type in the same box.
fn show(element: &web_sys::HtmlTextAreaElement, shown: &str, text: &str) {
    let is_typed_in = document().active_element().is_some_and(|focused| focused == ***element);
    let selected = (element.selection_start(), element.selection_end());
    element.set_value(text);
    if let (true, (Ok(Some(start)), Ok(Some(end)))) = (is_typed_in, selected) {
        let place = |at| moved(shown, text, at);
        // Fails only for elements without a text to select.
        let _ = element.set_selection_range(place(start), place(end));
    }
}

/// Where place `at` of the old text is in the new one, counted in UTF-16 as browsers do.
fn moved(old: &str, new: &str, at: u32) -> u32 {
    let (old, new): (Vec<_>, Vec<_>) = (old.encode_utf16().collect(), new.encode_utf16().collect());
    let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - before;
    let ends = old.iter().rev().zip(new.iter().rev()).take(rest);
    let after = ends.take_while(|(old, new)| old == new).count();
    let at = at as usize;
    let place = if at <= before {
        at
    } else if at + after >= old.len() {
        (at + new.len()).saturating_sub(old.len())
    } else {
        at.min(new.len() - after)
    };
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn take_focus(element: NodeRef<Textarea>) {
    Effect::new(move || {
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
    use super::{is_same, moved};

    #[test]
    fn the_caret_stays_with_the_words_around_it() {
        /// `|` is the caret.
        fn check(old: &str, new: &str) {
            let caret = |text: &str| text.find('|').map(|at| text[..at].encode_utf16().count());
            let at = u32::try_from(caret(old).unwrap()).unwrap();
            let moved = moved(&old.replace('|', ""), &new.replace('|', ""), at);
            assert_eq!(Some(moved as usize), caret(new), "{old} {new}");
        }
        check("Sing| a song.", "Sing| a long song.");
        check("Sing a song|.", "Sing a long song|.");
        check("Sing| a song.", "Please sing| a song.");
        check("|Sing.", "|Sing loudly.");
        check("Sing.|", "Sing loudly.|");
        check("Sing a l|ong song.", "Sing a n|ew song.");
        check("Sing a very l|ong song.", "Sing a |song.");
        check("🎵 Sing|.", "🎵🎵 Sing|.");
        check("aaa|", "aa|");
    }

    #[test]
    fn line_ends_are_not_typing() {
        assert!(is_same("a\nb\nc", "a\r\nb\rc"));
        assert!(!is_same("a\nb", "ab"));
    }
}
