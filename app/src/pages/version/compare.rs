//! How the version differs from another one, which the address names: `?compare=3`.

use align::prompt::Prompt;
use align::record::{Version, VersionNumber, VersionSummary};
use leptos::html::Select;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::Place;
use crate::api;
use crate::components::diff::{Diff, DiffLayout};
use crate::components::segmented::Segmented;
use crate::error::AppError;
use crate::wire;

/// Versions listed on each side of this one; any other can be named in the address.
const LISTED: u32 = 100;

/// The choice of another version, and the comparison.
#[component]
pub(super) fn Compare(place: Place, version: Version) -> impl IntoView {
    let query = use_query_map();
    let parent = version.summary.parent;
    let chosen = Memo::new(move |_| {
        query.with(|query| other(query.get_str("compare"), place.number, parent))
    });
    let listed = wire::resource(|| (), move |()| list(place));
    let compared = wire::resource(
        move || chosen.get(),
        move |number| async move {
            match number {
                Some(number) => api::get_version(place.id, number).await.map(Some),
                None => Ok(None),
            }
        },
    );
    let layout = RwSignal::new(DiffLayout::default());
    let version = StoredValue::new(version);
    let layouts = vec![(DiffLayout::Inline, "Inline"), (DiffLayout::SideBySide, "Side by side")];
    view! {
        <section class="stack" aria-labelledby="changes-title">
            <div class="panel-head">
                <h2 class="panel-title" id="changes-title">"Changes"</h2>
                <Segmented legend="Layout of the comparison" name="layout" options=layouts chosen=layout/>
            </div>
            <Transition>
                {move || Suspend::new(async move {
                    let listed = listed.await.unwrap_or_default();
                    view! { <Choice place listed chosen/> }.into_any()
                })}
                {move || Suspend::new(async move {
                    match compared.await {
                        Ok(None) => view! { <p class="muted">"Choose a version to see what is different."</p> }.into_any(),
                        Ok(Some(other)) => {
                            view! { <Comparison one=version.get_value() other layout/> }.into_any()
                        }
                        Err(error) => view! { <Failed error/> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

/// Which version the address asks to compare with; without a word of it, the one this was made from.
fn other(
    asked: Option<&str>,
    number: VersionNumber,
    parent: Option<VersionNumber>,
) -> Option<VersionNumber> {
    let other = match asked {
        Some(asked) => asked.parse().ok(),
        None => parent,
    };
    other.filter(|&other| other != number)
}

/// The versions around this one, newest first.
async fn list(place: Place) -> Result<Vec<VersionSummary>, AppError> {
    let above = place.number.saturating_add(LISTED + 1);
    api::list_versions(place.id, Some(above), 2 * LISTED + 1).await
}

/// A form, so that it works without scripts, too.
#[component]
fn Choice(
    place: Place,
    listed: Vec<VersionSummary>,
    chosen: Memo<Option<VersionNumber>>,
) -> impl IntoView {
    let element = NodeRef::<Select>::new();
    let navigate = use_navigate();
    let choose = move || {
        let Some(wanted) = element.get_untracked().map(|element| element.value()) else { return };
        if wanted != value(chosen.get_untracked()) {
            let to = format!("{}?compare={wanted}", place.address());
            navigate(&to, NavigateOptions { scroll: false, ..Default::default() });
        }
    };
    let adopt = choose.clone();
    Effect::new(move |adopted: Option<bool>| {
        let wanted = value(chosen.get());
        let Some(element) = element.get() else { return false };
        match adopted {
            Some(true) => element.set_value(&wanted),
            // What was chosen before the page was live counts, too.
            _ => adopt(),
        }
        true
    });
    let options = move || {
        let numbers = numbers(place.number, &listed, chosen.get());
        let options = numbers.into_iter().map(|(number, label)| {
            let is_chosen = chosen.get() == Some(number);
            view! { <option value=value(Some(number)) selected=is_chosen>{label}</option> }
        });
        options.collect_view()
    };
    view! {
        <form class="row compare-with" method="get" action=place.address()>
            <label class="field">
                <span>"Compare with"</span>
                <select node_ref=element name="compare" on:change=move |_| choose()>
                    <option value=value(None) selected=Signal::derive(move || chosen.get().is_none())>
                        "No other version"
                    </option>
                    {options}
                </select>
            </label>
            <button type="submit" class="button without-scripts">"Compare"</button>
        </form>
    }
}

/// A choice as the address writes it.
fn value(number: Option<VersionNumber>) -> String {
    number.map_or_else(|| "none".to_owned(), |number| number.to_string())
}

/// The versions to choose from, with what the list says about each.
fn numbers(
    own: VersionNumber,
    listed: &[VersionSummary],
    chosen: Option<VersionNumber>,
) -> Vec<(VersionNumber, String)> {
    let others = listed.iter().filter(|summary| summary.number != own);
    let mut numbers: Vec<_> = others.map(|summary| (summary.number, label(summary))).collect();
    if let Some(chosen) = chosen
        && numbers.iter().all(|(number, _)| *number != chosen)
    {
        numbers.push((chosen, format!("v{chosen}")));
    }
    numbers
}

fn label(summary: &VersionSummary) -> String {
    let VersionSummary { number, origin, note, .. } = summary;
    let mut note: String = note.lines().next().unwrap_or_default().chars().take(60).collect();
    if !note.is_empty() {
        note.insert_str(0, " · ");
    }
    format!("v{number} · {}{note}", origin.label())
}

/// The older one of the two is always the left one.
#[component]
fn Comparison(one: Version, other: Version, layout: RwSignal<DiffLayout>) -> impl IntoView {
    let (old, new) =
        if other.summary.number < one.summary.number { (other, one) } else { (one, other) };
    let heading = format!("From v{} to v{}", old.summary.number, new.summary.number);
    let Prompt { system_instructions: old_instructions, text: old_text, .. } = old.prompt;
    let Prompt { system_instructions: new_instructions, text: new_text, .. } = new.prompt;
    view! {
        <div class="card stack">
            <h3>{heading}</h3>
            <Part label="System instructions" old=old_instructions new=new_instructions layout/>
            <Part label="Prompt" old=old_text new=new_text layout/>
        </div>
    }
}

#[component]
fn Part(
    label: &'static str,
    old: String,
    new: String,
    layout: RwSignal<DiffLayout>,
) -> impl IntoView {
    let diff = if old.is_empty() && new.is_empty() {
        view! { <p class="muted">"None in both."</p> }.into_any()
    } else if old == new {
        view! { <p class="muted">"No difference."</p> }.into_any()
    } else {
        view! { <Diff old new layout/> }.into_any()
    };
    view! {
        <h4 class="part-title">{label}</h4>
        {diff}
    }
}

#[component]
fn Failed(error: AppError) -> impl IntoView {
    view! {
        <div class="alert" role="alert">
            <p><strong>{error.message}</strong>" "{error.hint}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use align::record::{Origin, PromptId};

    use super::*;

    #[test]
    fn without_a_word_the_parent_is_compared() {
        assert_eq!(other(None, 3, Some(2)), Some(2));
        assert_eq!(other(None, 1, None), None);
        assert_eq!(other(Some("5"), 3, Some(2)), Some(5));
        assert_eq!(other(Some("3"), 3, Some(2)), None);
        assert_eq!(other(Some("none"), 3, Some(2)), None);
    }

    #[test]
    fn the_chosen_version_can_always_be_chosen() {
        let summary = |number, note: &str| VersionSummary {
            prompt_id: PromptId(1),
            number,
            parent: None,
            author: "local".into(),
            origin: Origin::Typed,
            note: note.into(),
            created_at: 0,
            model_choice: None,
        };
        let listed = [summary(3, ""), summary(2, "Shorter\nand so on"), summary(1, "")];
        let labels = |chosen| {
            let numbers = numbers(3, &listed, chosen);
            numbers.into_iter().map(|(_, label)| label).collect::<Vec<_>>()
        };
        assert_eq!(labels(Some(2)), ["v2 · typed · Shorter", "v1 · typed"]);
        assert_eq!(labels(Some(900)), ["v2 · typed · Shorter", "v1 · typed", "v900"]);
    }
}
