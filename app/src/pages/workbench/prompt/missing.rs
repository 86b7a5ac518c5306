//! The question before a run with variables that have no value.

use leptos::prelude::*;

use super::super::use_workbench;
use crate::browser;
use crate::components::Button;

/// Which variables have no value, and the way to run all the same.
#[component]
pub(super) fn MissingValues() -> impl IntoView {
    let workbench = use_workbench();
    let missing = Memo::new(move |_| workbench.prompt.missing());
    let place = NodeRef::<leptos::html::Div>::new();
    // Run stands at the foot of the region, which may have been scrolled to anywhere.
    Effect::new(move |was_shown: Option<bool>| {
        let is_shown = missing.with(|names| !names.is_empty());
        if let (true, Some(false), Some(place)) = (is_shown, was_shown, place.get_untracked()) {
            browser::reveal(&place, false);
        }
        is_shown
    });
    view! {
        <div role="alert" class="alert-place" node_ref=place>
            {move || missing.with(|names| (!names.is_empty()).then(|| {
                let Words { cause, next, run } = words(names);
                view! {
                    <div class="alert">
                        <p><strong>{cause}</strong>" "{next}</p>
                        <Button on_press=move |()| workbench.run_with_empty()>{run}</Button>
                    </div>
                }
            }))}
        </div>
    }
}

struct Words {
    cause: String,
    next: &'static str,
    run: &'static str,
}

fn words(names: &[String]) -> Words {
    let braced: Vec<_> = names.iter().map(|name| format!("{{{name}}}")).collect();
    match braced.as_slice() {
        [name] => Words {
            cause: format!("{name} has no value, so nothing was sent."),
            next: "Fill it in under Variables, or treat it as plain text if it is no variable.",
            run: "Run with it empty",
        },
        names => Words {
            cause: format!("{} have no value, so nothing was sent.", listed(names)),
            next: "Fill them in under Variables, or treat as plain text what is no variable.",
            run: "Run with them empty",
        },
    }
}

/// "a, b and c".
fn listed(names: &[String]) -> String {
    match names {
        [names @ .., last] if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        names => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn variables_without_a_value_are_named() {
        let cause = |names: &[&str]| {
            words(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).cause
        };
        assert_eq!(cause(&["x"]), "{x} has no value, so nothing was sent.");
        assert_eq!(cause(&["a", "b", "c"]), "{a}, {b} and {c} have no value, so nothing was sent.");
    }
}
