//! Variables in the syntax of other tools, `{{name}}`: offered to be made variables, never converted unasked.

use align::record::PromptId;
use leptos::prelude::*;

use super::super::use_workbench;
use crate::browser::storage;
use crate::components::{Button, ButtonKind};

/// What was found, with a button for each and one for all.
#[component]
pub(super) fn FoundNames() -> impl IntoView {
    let prompt = use_workbench().prompt;
    // What a person wants to stay as it is, from now on and in this browser.
    let left = RwSignal::new(Vec::<String>::new());
    Effect::new(move || left.set(storage::read(&key(prompt.id())).unwrap_or_default()));
    let found = Memo::new(move |_| {
        let mut names = prompt.editor().doubled_names();
        left.with(|left| names.retain(|name| !left.contains(name)));
        names
    });
    let make = move |names: Vec<String>| prompt.editor().make_variables(&names);
    let leave = move |()| {
        left.update(|left| left.extend(found.get_untracked()));
        storage::write(&key(prompt.id()), &left.get_untracked());
    };
    let each = move || {
        let names = found.get();
        let is_one = names.len() == 1;
        let buttons = names.into_iter().map(|name| {
            let label = if is_one {
                "Make it a variable".to_owned()
            } else {
                format!("Make {{{name}}} a variable")
            };
            view! { <Button on_press=move |()| make(vec![name.clone()])>{label}</Button> }
        });
        buttons.collect_view()
    };
    view! {
        <Show when=move || found.with(|names| !names.is_empty())>
            <div class="notice" role="note">
                <p>{move || found.with(|names| question(names))}</p>
                <div class="row">
                    {each}
                    <Show when=move || found.with(|names| names.len() > 1)>
                        <Button on_press=move |()| make(found.get_untracked())>"Make all variables"</Button>
                    </Show>
                    <Button kind=ButtonKind::Quiet on_press=leave>"Leave as text"</Button>
                </div>
            </div>
        </Show>
    }
}

/// "Found {{customer}}: make it a variable?"
fn question(names: &[String]) -> String {
    let doubled: Vec<_> = names.iter().map(|name| format!("{{{{{name}}}}}")).collect();
    let rest = if names.len() == 1 { "make it a variable?" } else { "make them variables?" };
    format!("Found {}: {rest}", doubled.join(", "))
}

/// Where the browser remembers what stays as it is.
fn key(id: PromptId) -> String {
    format!("attune:left-as-text:{id}")
}

#[cfg(test)]
mod tests {
    use super::question;

    #[test]
    fn what_was_found_is_asked_about() {
        let question = |names: &[&str]| {
            question(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(question(&["customer"]), "Found {{customer}}: make it a variable?");
        assert_eq!(question(&["a", "b"]), "Found {{a}}, {{b}}: make them variables?");
    }
}
