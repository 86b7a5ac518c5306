//! The keyboard: what the keys do, and the list of them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::use_workbench;
use crate::components::Button;
use crate::components::modal::Modal;
use crate::pages::shortcuts::ShortcutList;
use crate::state::WorkbenchState;

/// Does what the keys say while the page is there. Call it in an effect.
pub(super) fn listen(workbench: WorkbenchState) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| act(workbench, &event));
    on_cleanup(move || handle.remove());
}

fn act(workbench: WorkbenchState, event: &KeyboardEvent) {
    let command = event.ctrl_key() || event.meta_key();
    match (event.key().as_str(), command, event.shift_key()) {
        ("Enter", true, _) if event.default_prevented() || dialog_is_open() => return,
        ("Enter", true, false) if is_discussing() => {}
        ("Enter", true, true) => workbench.accept(true, false),
        ("Enter", true, false) => workbench.start_run(),
        ("s" | "S", true, false) => workbench.prompt.save_version(),
        ("Escape", false, _) if dialog_is_open() => return,
        ("Escape", false, _) => {
            workbench.stop();
            return;
        }
        ("?", false, _) if !is_typing() => workbench.page.show_shortcuts(true),
        _ => return,
    }
    event.prevent_default();
}

fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|found| found.is_some())
}

/// Whether a person writes about the output: running again would replace what is being discussed.
fn is_discussing() -> bool {
    let is_in_region =
        |focused: &web_sys::Element| focused.closest(".refine-panel").is_ok_and(|it| it.is_some());
    is_typing() && document().active_element().as_ref().is_some_and(is_in_region)
}

/// Whether a key press writes a character somewhere.
fn is_typing() -> bool {
    let Some(focused) = document().active_element() else { return false };
    let editable = focused.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
    editable || matches!(focused.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// The list of shortcuts.
#[component]
pub(super) fn Shortcuts() -> impl IntoView {
    let page = use_workbench().page;
    let close = move |()| page.show_shortcuts(false);
    view! {
        <Modal title="Keyboard shortcuts" is_open=Signal::derive(move || page.is_showing_shortcuts()) on_close=close>
            <ShortcutList/>
            <Button on_press=close>"Close"</Button>
        </Modal>
    }
}
