//! A choice of a few, shown side by side: native radio buttons.

use leptos::prelude::*;

use super::live::use_live;

/// Options of which one is chosen. `options` are pairs of value and label.
#[component]
pub(crate) fn Segmented<T>(
    /// What is chosen, for screen readers, e.g. "View".
    legend: &'static str,
    /// Name of the group, unique on the page.
    name: &'static str,
    /// The options in order.
    options: Vec<(T, &'static str)>,
    /// What is chosen.
    chosen: RwSignal<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let live = use_live();
    let options = options.into_iter().map(|(value, label)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    disabled=Signal::derive(move || !live.get())
                    prop:checked=Signal::derive(move || chosen.get() == value)
                    checked=chosen.get_untracked() == value
                    on:change=move |_| chosen.set(value)
                />
                <span>{label}</span>
            </label>
        }
    });
    view! {
        <fieldset class="segmented">
            <legend class="visually-hidden">{legend}</legend>
            {options.collect_view()}
        </fieldset>
    }
}
