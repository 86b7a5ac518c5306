//! Whether the page is live: hydrated, so that its controls do something.

use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Live(RwSignal<bool>);

/// Provides the answer to the whole application. Effects run in the browser only, after hydration.
pub(crate) fn provide_live() {
    let live = RwSignal::new(false);
    provide_context(Live(live));
    Effect::new(move || live.set(true));
}

/// False on the server and until the wasm took over; controls that need it are disabled until then.
pub(crate) fn use_live() -> Signal<bool> {
    use_context::<Live>().map_or_else(|| Signal::stored(false), |Live(live)| live.into())
}
