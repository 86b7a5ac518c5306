//! The few things we ask of the browser itself. Called from effects and event handlers only, which
//! never run on the server.

pub(crate) mod events;
pub(crate) mod fetch;
pub(crate) mod highlight;
pub(crate) mod selection;
pub(crate) mod storage;

use align::record::Timestamp;
use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::{JsCast, JsValue};

/// `at` in the person's own time zone and language, to the minute.
pub(crate) fn local_time(at: Timestamp) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds fit a double for 285,000 years")]
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Setting a property of a plain object cannot fail.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    String::from(date.to_locale_string("default", &options))
}

/// Milliseconds since 1970, for measuring how long something lasts.
pub(crate) fn now_ms() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole milliseconds since 1970 fit"
    )]
    let now = js_sys::Date::now() as u64;
    now
}

/// A random name for this page, so that it knows its own saves again.
pub(crate) fn page_name() -> String {
    js_sys::Math::random().to_bits().to_string()
}

/// Puts `text` on the clipboard; false where the browser does not allow it.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let promise = window.navigator().clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(promise).await.is_ok()
}

/// Remembers the theme (`light`, `dark`, or empty for the system's) and shows it at once.
pub(crate) fn set_theme(theme: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if let Some(root) = document.document_element() {
        // Both can fail only for malformed attribute names.
        let _ = if theme.is_empty() {
            root.remove_attribute("data-theme")
        } else {
            root.set_attribute("data-theme", theme)
        };
    }
    if let Ok(document) = document.dyn_into::<web_sys::HtmlDocument>() {
        let _ = document
            .set_cookie(&format!("theme={theme}; path=/; max-age=31536000; samesite=strict"));
    }
}

/// Loads the page at `address` from the server, even if it is the one that is open.
pub(crate) fn open(address: &str) {
    let Some(window) = web_sys::window() else { return };
    let location = window.location();
    let here = location.href().unwrap_or_default();
    // A change of nothing but what follows `#` would load nothing. Both fail only for malformed
    // addresses.
    let _ = match web_sys::Url::new_with_base(address, &here) {
        Ok(url) if url.href() != here => location.set_href(address),
        _ => location.reload(),
    };
}

/// Where this page's JavaScript is, as the head of the document says.
pub(crate) fn script_address() -> Option<String> {
    let link = document().query_selector("link[rel=modulepreload]").ok()??;
    link.get_attribute("href")
}

/// The theme shown now: `light`, `dark`, or empty for the system's.
pub(crate) fn theme() -> String {
    of_document("data-theme").unwrap_or_default()
}

/// An attribute of the document's root.
pub(crate) fn of_document(attribute: &str) -> Option<String> {
    web_sys::window()?.document()?.document_element()?.get_attribute(attribute)
}

/// Begins to drag something called `name`. Firefox drags nothing without data.
pub(crate) fn begin_drag(event: &web_sys::DragEvent, name: &str) {
    if let Some(data) = event.data_transfer() {
        // Fails only for data that is being dropped.
        let _ = data.set_data("text/plain", name);
    }
}

/// Whether this is the second click of a double click: it was meant for what the button did before the
/// first one.
pub(crate) fn is_second_click(event: &web_sys::MouseEvent) -> bool {
    event.detail() == 2
}

/// What has the focus now.
pub(crate) fn focused() -> Option<web_sys::HtmlElement> {
    document().active_element().and_then(|element| element.dyn_into().ok())
}

/// Gives `element` the focus again once the page is laid out anew: browsers take it away from elements
/// that are put into another place.
pub(crate) fn focus_again(element: Option<web_sys::HtmlElement>) {
    let Some(element) = element else { return };
    request_animation_frame(move || {
        // It fails only for a hidden element.
        let _ = element.focus();
    });
}

/// Scrolls as little as it takes to see `element`; its beginning, where it is larger than what surrounds
/// it. `is_followed`: only if its beginning can be seen now.
pub(crate) fn reveal(element: &web_sys::Element, is_followed: bool) {
    let element = element.clone();
    request_animation_frame(move || {
        let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
        let seen = 0.0..height.unwrap_or_default();
        if is_followed && !seen.contains(&element.get_bounding_client_rect().top()) {
            return;
        }
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    });
}

/// Arrow keys, Home and End between the tabs of the list that `event` was sent to.
pub(crate) fn walk_tabs(event: &web_sys::KeyboardEvent) {
    let list = event.current_target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    let Some(tabs) = list.and_then(|list| list.query_selector_all("[role=tab]").ok()) else {
        return;
    };
    let Some(focused) = focused() else { return };
    let here = (0..tabs.length()).find(|at| tabs.get(*at).is_some_and(|tab| **focused == tab));
    let (Some(here), count) = (here, tabs.length()) else { return };
    let to = match event.key().as_str() {
        "ArrowRight" => (here + 1) % count,
        "ArrowLeft" => (here + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    event.prevent_default();
    if let Some(tab) = tabs.get(to).and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
        // It fails only for a hidden element.
        let _ = tab.focus();
        tab.click();
    }
}
