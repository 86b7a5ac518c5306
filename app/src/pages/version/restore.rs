//! Restoring a version: its text becomes the newest version.

use align::prompt::Prompt;
use align::record::Version;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::Place;
use crate::api;
use crate::components::{Alert, Button};
use crate::error::AppError;

/// The button, and what went wrong if something did.
#[component]
pub(super) fn Restore(place: Place) -> impl IntoView {
    let error = RwSignal::new(None);
    let is_busy = RwSignal::new(false);
    let navigate = use_navigate();
    let open = Callback::new(move |()| {
        navigate(&format!("/prompts/{}", place.id), NavigateOptions::default());
    });
    let press = move |()| {
        is_busy.set(true);
        spawn_local(async move {
            match restore(place).await {
                Ok(_) => {
                    open.try_run(());
                }
                Err(failure) => {
                    error.try_set(Some(failure));
                }
            }
            is_busy.try_set(false);
        });
    };
    view! {
        <Button disabled=is_busy on_press=press>"Restore"</Button>
        <Alert error/>
    }
}

/// Makes a new version with this text. What is typed in the workbench and not saved becomes a
/// version of its own first.
async fn restore(place: Place) -> Result<Version, AppError> {
    let workbench = api::load_workbench(place.id).await?;
    let newest = workbench.newest.map(|version| version.prompt);
    let typed = unsaved(workbench.working_copy.prompt, newest.as_ref());
    api::restore_version(place.id, place.number, typed).await
}

/// What is typed, if it would be lost.
fn unsaved(typed: Prompt, newest: Option<&Prompt>) -> Option<Prompt> {
    (!typed.is_blank() && newest != Some(&typed)).then_some(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_typing_that_would_be_lost_is_kept() {
        let typed = Prompt::new("b");
        assert_eq!(unsaved(typed.clone(), Some(&Prompt::new("a"))), Some(typed.clone()));
        assert_eq!(unsaved(typed.clone(), Some(&typed)), None);
        assert_eq!(unsaved(Prompt::new(" "), Some(&typed)), None);
    }
}
