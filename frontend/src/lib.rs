#![doc = include_str!("../README.md")]
#![recursion_limit = "256"]

/// Makes the server-rendered page live, as soon as its part of the wasm is there.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        if app::load_open_page().await {
            leptos::mount::hydrate_body(app::App);
        }
    });
}
