use leptos::prelude::*;
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {}
