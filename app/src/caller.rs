//! Who uses this page, as the server says.

/// The name of the caller, under which the server keeps what the caller does.
#[cfg(feature = "ssr")]
pub(crate) fn name() -> Option<String> {
    let use_cases = leptos::prelude::use_context::<service::UseCases>()?;
    Some(use_cases.caller().name().to_owned())
}

/// The name of the caller, which the server wrote into the document.
#[cfg(not(feature = "ssr"))]
pub(crate) fn name() -> Option<String> {
    crate::browser::of_document("data-caller")
}
