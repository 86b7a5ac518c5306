//! The focus is never lost: when the focused control goes, what is nearest to it takes the focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::state::WorkbenchState;

/// What takes over the focus of a control inside it. Each has `tabindex="-1"`.
const REGIONS: &str = "section.panel, dialog";

/// Watches the focus while the page is there. Call it in an effect.
pub(super) fn keep(workbench: WorkbenchState) {
    let place = StoredValue::new_local(None::<Place>);
    let focused = window_event_listener(leptos::ev::focusin, move |event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        place.try_set_value(target.and_then(Place::of));
    });
    // A click beside all controls takes the focus away because the person wants it so.
    let pressed = window_event_listener(leptos::ev::pointerdown, move |_| {
        place.try_set_value(None);
    });
    on_cleanup(move || {
        focused.remove();
        pressed.remove();
    });
    Effect::new(move || {
        // Whatever adds, removes or disables controls.
        workbench.page.track_commands();
        workbench.refine.track_controls();
        workbench.guidelines.track_controls();
        workbench.prompt.editor().track_controls();
        workbench.output.run().track();
        let restore = move || {
            if is_lost() {
                place.try_with_value(|place| place.as_ref().map(Place::focus_nearest));
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

/// Where the focus was.
struct Place {
    control: HtmlElement,
    /// What the control was called.
    name: Option<String>,
    /// The item of a list that holds it, the list, and the place of the item in it.
    item: Option<(Element, Element, u32)>,
    region: HtmlElement,
}

impl Place {
    fn of(control: HtmlElement) -> Option<Self> {
        let region = control.closest(REGIONS).ok()??.dyn_into().ok()?;
        let item = control.closest("li").ok().flatten().and_then(|item| {
            let list = item.parent_element()?;
            let items = list.children();
            let at = (0..items.length()).find(|at| items.item(*at).as_ref() == Some(&item))?;
            Some((item, list, at))
        });
        Some(Self { name: control.text_content(), control, item, region })
    }

    /// The control itself if it was only moved, else one in the same item, in the item that took its
    /// place, or the region.
    fn focus_nearest(&self) {
        try_focus(Some(&self.control));
        if let Some((item, list, at)) = &self.item {
            try_focus(self.control_in(item).as_ref());
            let items = list.children();
            let next = items.item((*at).min(items.length().saturating_sub(1)));
            try_focus(next.and_then(|item| self.control_in(&item)).as_ref());
        }
        try_focus(Some(&self.region));
    }

    /// The button of the same name in `item`, else its first one.
    fn control_in(&self, item: &Element) -> Option<HtmlElement> {
        let buttons = item.query_selector_all("button:not(:disabled)").ok()?;
        let all = || (0..buttons.length()).filter_map(|at| buttons.item(at));
        let is_like = |button: &web_sys::Node| button.text_content() == self.name;
        all().find(is_like).or_else(|| all().next())?.dyn_into().ok()
    }
}

/// Gives `element` the focus, if it is there and nothing has it yet.
fn try_focus(element: Option<&HtmlElement>) {
    if let Some(element) = element.filter(|element| element.is_connected() && is_lost()) {
        // It fails only for a hidden element.
        let _ = element.focus();
    }
}
