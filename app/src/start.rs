//! What the browser does before a page becomes live.

use leptos::prelude::{document, window};

use crate::pages::{Page, not_loaded};

/// Loads the part of the page that is open, so that hydration finds it there: a view that has to wait
/// cannot take over what the server rendered. False where it did not load and the page says so.
pub async fn load_open_page() -> bool {
    let path = window().location().pathname().unwrap_or_default();
    let Some(page) = Page::at(&path) else { return true };
    if page.load().await.is_ok() {
        return true;
    }
    not_loaded::open_anew_after_update().await;
    say_so();
    false
}

/// Puts a notice at the top of the page, without the framework, which has not started.
fn say_so() {
    let (document, Some(body)) = (document(), document().body()) else { return };
    let Ok(notice) = document.create_element("p") else { return };
    notice.set_class_name("notice");
    notice.set_text_content(Some(
        "A part of this page did not load, so its controls do nothing. Reload the page to try again.",
    ));
    // Fails only for malformed names and places, which these are not.
    let _ = notice.set_attribute("role", "alert");
    let _ = body.insert_before(&notice, body.first_child().as_ref());
}
