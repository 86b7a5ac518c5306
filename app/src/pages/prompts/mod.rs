use leptos::prelude::*;
#[component]
pub(crate) fn PromptsPage() -> impl IntoView {}
