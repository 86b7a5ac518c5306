use leptos::prelude::*;
#[component]
pub(crate) fn VersionPage() -> impl IntoView {}
