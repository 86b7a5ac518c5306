//! Buttons that say what they are and are off until the page is live.

use leptos::prelude::*;

use super::live::use_live;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ButtonKind {
    /// The next step; at most one per region.
    Primary,
    /// A step among others.
    #[default]
    Plain,
    /// A side step.
    Quiet,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Plain => "button",
            Self::Quiet => "button quiet",
        }
    }
}

/// A button. Its children are its label and its accessible name.
#[component]
pub(crate) fn Button(
    /// How much it asks to be pressed.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether it cannot be pressed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Keys that do the same, shown beside the label and told to screen readers,
    /// e.g. `Control+Enter`.
    #[prop(optional)]
    shortcut: Option<&'static str>,
    /// What pressing does.
    #[prop(into)]
    on_press: Callback<()>,
    /// The label.
    children: Children,
) -> impl IntoView {
    let live = use_live();
    view! {
        <button
            type="button"
            class=kind.class()
            disabled=Signal::derive(move || !live.get() || disabled.get())
            aria-keyshortcuts=shortcut
            on:click=move |_| on_press.run(())
        >
            {children()}
        </button>
    }
}
