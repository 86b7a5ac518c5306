//! Restoring a version: its text becomes the newest version.

use align::prompt::Prompt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::Place;
use crate::api;
use crate::browser;
use crate::components::{Alert, Button};
use crate::error::{AppError, ErrorKind};

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
                Ok(()) => {
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

/// Makes a new version with this text and puts it into the editor. What is typed in the workbench
/// and not saved becomes a version of its own first.
async fn restore(place: Place) -> Result<(), AppError> {
    let workbench = api::load_workbench(place.id).await?;
    let mut copy = workbench.working_copy;
    let newest = workbench.newest.map(|version| version.prompt);
    let typed = unsaved(&copy.prompt, newest.as_ref());
    let restored = api::restore_version(place.id, place.number, typed).await?;
    copy.prompt = restored.prompt;
    copy.base = Some(restored.summary.number);
    match api::save_working_copy(place.id, browser::page_name(), copy).await {
        // Somebody typed in the meantime: the version is there, and so is what they typed.
        Err(error) if error.kind != ErrorKind::Conflict => Err(error),
        _ => Ok(()),
    }
}

/// What is typed, if it would be lost.
fn unsaved(typed: &Prompt, newest: Option<&Prompt>) -> Option<Prompt> {
    (!typed.is_blank() && newest != Some(typed)).then(|| typed.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_typing_that_would_be_lost_is_kept() {
        let typed = Prompt::new("b");
        assert_eq!(unsaved(&typed, Some(&Prompt::new("a"))).as_ref(), Some(&typed));
        assert_eq!(unsaved(&typed, Some(&typed)), None);
        assert_eq!(unsaved(&Prompt::new(" "), Some(&typed)), None);
    }
}
