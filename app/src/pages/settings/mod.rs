//! The Settings page: connected models, how to connect one, theme, keyboard.

mod connect;
mod connections;
mod theme;

use leptos::prelude::*;
use leptos_meta::Title;

use super::shortcuts::ShortcutList;
use crate::components::Header;

/// The page `/settings`.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    view! {
        <Title text="Settings · Attune"/>
        <Header crumbs=|| view! {
            <a href="/">"Prompts"</a>
            <span aria-hidden="true">"/"</span>
            <strong>"Settings"</strong>
        }/>
        <main id="main" class="page settings" tabindex="-1">
            <h1>"Settings"</h1>
            <connections::Models/>
            <connect::Connect/>
            <theme::ThemeChoice/>
            <section class="stack" aria-labelledby="keyboard-title">
                <h2 id="keyboard-title">"Keyboard in the workbench"</h2>
                <ShortcutList/>
            </section>
        </main>
    }
}
