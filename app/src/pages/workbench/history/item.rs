//! One version in the history.

use align::record::VersionSummary;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::super::use_workbench;
use crate::components::time::{Moment, author};
use crate::components::{Button, ButtonKind};

/// Number, origin, author, note, and what can be done with it.
#[component]
pub(super) fn Item(version: VersionSummary, close: Callback<()>) -> impl IntoView {
    let workbench = use_workbench();
    let navigate = use_navigate();
    let VersionSummary { number, origin, .. } = version;
    let newest = Memo::new(move |_| {
        workbench.prompt.newest().with(|newest| newest.as_ref().map(|it| it.summary.number))
    });
    let address = format!("/prompts/{}/versions/{number}", workbench.page.id());
    let view_address = address.clone();
    let compare = {
        let navigate = navigate.clone();
        move |()| {
            // The newest version is most telling beside the one it was made from.
            let other = match newest.get_untracked() {
                Some(newest) if newest != number => newest,
                _ => number.saturating_sub(1).max(1),
            };
            navigate(
                &format!("{address}?compare={other}"),
                leptos_router::NavigateOptions::default(),
            );
        }
    };
    let restore = move |()| {
        close.run(());
        workbench.prompt.restore(number);
    };
    view! {
        <li class="version">
            <p class="version-head">
                <strong>{format!("v{number}")}</strong>
                <span class="badge">{origin.label()}</span>
                <span class="muted">{author(&version.author)}" · "<Moment at=version.created_at/></span>
            </p>
            {(!version.note.is_empty()).then(|| view! { <p class="version-note">{version.note}</p> })}
            <div class="row">
                <Button
                    kind=ButtonKind::Quiet
                    disabled=Signal::derive(move || newest.get() == Some(number))
                    on_press=restore
                >
                    "Restore"
                </Button>
                <Button kind=ButtonKind::Quiet on_press=compare>"Compare"</Button>
                <Button
                    kind=ButtonKind::Quiet
                    on_press=move |()| navigate(&view_address, leptos_router::NavigateOptions::default())
                >
                    "View"
                </Button>
            </div>
        </li>
    }
}
