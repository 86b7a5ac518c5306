//! The focus is never lost: when the focused control goes, its region takes the focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::reactive::effect;
use crate::state::Bench;

/// What takes over the focus of a control inside it. Each has `tabindex="-1"`.
const REGIONS: &str = "section.panel, dialog";

/// Watches the focus while the page is there. Call it in an effect.
pub(super) fn keep(bench: Bench) {
    let region = StoredValue::new_local(None::<HtmlElement>);
    let focused = window_event_listener(leptos::ev::focusin, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let around = target.and_then(|target| target.closest(REGIONS).ok().flatten());
        region.try_set_value(around.and_then(|around| around.dyn_into().ok()));
    });
    // A click beside all controls takes the focus away because the person wants it so.
    let pressed = window_event_listener(leptos::ev::pointerdown, move |_| {
        region.try_set_value(None);
    });
    on_cleanup(move || {
        focused.remove();
        pressed.remove();
    });
    effect(move || {
        // Whatever adds, removes or disables controls.
        bench.doing.track();
        bench.drafts.track();
        bench.chosen_draft.track();
        bench.editing.edit.track();
        bench.pieces.track();
        bench.consultations.track();
        bench.guidelines.track();
        bench.editor.rewordings.track();
        bench.editor.correction.track();
        bench.workflow.track();
        bench.run.track();
        bench.editor.comment.track();
        bench.editor.feedback.track();
        bench.editor.plain_names.track();
        bench.editor.guideline.track();
        let restore = move || {
            if is_lost() {
                region.try_with_value(|region| region.as_ref().map(HtmlElement::focus));
            }
        };
        request_animation_frame(restore);
        // Some browsers take the focus from a control that went off a little later.
        set_timeout(restore, std::time::Duration::from_millis(60));
    });
}

/// Whether nothing has the focus: the browser then says that the body has it.
fn is_lost() -> bool {
    document().active_element().is_none_or(|focused| focused.tag_name() == "BODY")
}
