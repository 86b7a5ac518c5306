//! Light, dark, or as the system says.

use leptos::prelude::*;

use crate::browser;
use crate::components::segmented::Segmented;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// As the cookie and the document write it.
    fn name(self) -> &'static str {
        match self {
            Self::System => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_name(name: &str) -> Self {
        let themes = [Self::Light, Self::Dark];
        themes.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }
}

/// The choice of a theme; it shows at once and is kept in this browser.
#[component]
pub(super) fn ThemeChoice() -> impl IntoView {
    let chosen = RwSignal::new(Theme::default());
    // Only the browser knows; the server's page shows the default until then.
    Effect::new(move || chosen.set(Theme::from_name(&browser::theme())));
    Effect::watch(move || chosen.get(), move |theme, _, _| browser::set_theme(theme.name()), false);
    let options = vec![(Theme::System, "System"), (Theme::Light, "Light"), (Theme::Dark, "Dark")];
    view! {
        <section class="stack" aria-labelledby="theme-title">
            <h2 id="theme-title">"Theme"</h2>
            <Segmented legend="Theme" name="theme" options chosen/>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn names_are_read_as_they_were_written() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(Theme::from_name(theme.name()), theme);
        }
        assert_eq!(Theme::from_name("sepia"), Theme::System);
    }
}
